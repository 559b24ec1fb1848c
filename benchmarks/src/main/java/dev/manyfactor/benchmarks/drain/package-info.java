/// What callers see while every process of payments is started again, one after the other: read
/// [DrainProof].
@NullMarked
package dev.manyfactor.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
