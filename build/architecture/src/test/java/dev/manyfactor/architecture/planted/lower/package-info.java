/// Planted: half of a cycle.
@NullMarked
package dev.manyfactor.architecture.planted.lower;

import org.jspecify.annotations.NullMarked;
