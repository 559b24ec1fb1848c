/// Requests made of a contract: valid ones, and ones that are broken in a place that is known.
///
/// A request follows from a seed and an index alone, so each can be made again. Read [Requests]
/// first.
@NullMarked
package dev.manyfactor.fuzz.generate;

import org.jspecify.annotations.NullMarked;
