/// A first manifest, written from what lies in a folder.
///
/// It promises that what it writes is a manifest that `mf` reads, that nothing which is there is
/// overwritten, and that each thing which was inferred is named together with what it was inferred
/// from. It starts no program and opens no connection.
///
/// Read [ManifestDraft] first, then one of the clues, for example `NodeClue`.
@NullMarked
package dev.manyfactor.formation.draft;

import org.jspecify.annotations.NullMarked;
