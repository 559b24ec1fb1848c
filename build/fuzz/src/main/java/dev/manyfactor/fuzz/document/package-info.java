/// JSON as it is to be written: well-formed or not, in any notation.
///
/// Read [Document] first.
@NullMarked
package dev.manyfactor.fuzz.document;

import org.jspecify.annotations.NullMarked;
