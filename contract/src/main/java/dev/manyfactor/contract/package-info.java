/// Makes Java of an OpenAPI 3.1 contract, as a Maven plugin.
///
/// Promised: records and enums for the schemas, codecs that report every violation, an interface
/// with one method for each operation and a sealed type of its outcomes; nothing else. The same
/// contract always becomes the same text. What cannot be promised is refused: a keyword that no
/// code is made for, an operation that does not say who may use it, a misspelt word. Every such
/// problem is told at once, as `file:line: what is wrong; what to write instead`.
///
/// Read [dev.manyfactor.contract.GenerateMojo] first, then the packages in their order: `source`
/// (text with lines), `model` (what is promised), `reader` (from one to the other), `writer`
/// (Java).
@NullMarked
package dev.manyfactor.contract;

import org.jspecify.annotations.NullMarked;
