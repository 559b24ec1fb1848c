/// Planted: half of a cycle.
@NullMarked
package dev.manyfactor.architecture.planted.upper;

import org.jspecify.annotations.NullMarked;
