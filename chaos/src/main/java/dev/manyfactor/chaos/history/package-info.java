/// What clients saw, what is found in the databases afterwards, and whether the two agree.
///
/// Nothing here sends, waits or reads a clock: [Checker] is a function of a [History].
@NullMarked
package dev.manyfactor.chaos.history;

import org.jspecify.annotations.NullMarked;
