/// What a contract says, as far as Java code is made of it.
///
/// Everything here is immutable and has been checked: names are free, references resolved, bounds
/// in order. Read [Contract] first, then [Type] and [Operation].
@NullMarked
package dev.manyfactor.contract.model;

import org.jspecify.annotations.NullMarked;
