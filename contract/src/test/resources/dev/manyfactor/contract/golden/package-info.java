// Generated from notes.openapi.yaml; change it there.
/// Notes: what its contract says, in Java.
///
/// Keeps short notes. Small enough to be read beside the code that is made of it.
///
/// Read [NotesApi] first: it lists the operations.
@NullMarked
package example.notes;

import org.jspecify.annotations.NullMarked;
