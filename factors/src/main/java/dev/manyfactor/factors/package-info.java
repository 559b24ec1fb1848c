/// The 23 factors of a service, and every requirement of each, as data.
///
/// An id, once released, never changes its meaning. Start with [Factor].
@NullMarked
package dev.manyfactor.factors;

import org.jspecify.annotations.NullMarked;
