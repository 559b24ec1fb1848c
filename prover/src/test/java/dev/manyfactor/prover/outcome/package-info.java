@NullMarked
package dev.manyfactor.prover.outcome;

import org.jspecify.annotations.NullMarked;
