@NullMarked
package dev.manyfactor.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
