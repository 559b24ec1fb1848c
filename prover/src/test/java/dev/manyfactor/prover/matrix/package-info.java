@NullMarked
package dev.manyfactor.prover.matrix;

import org.jspecify.annotations.NullMarked;
