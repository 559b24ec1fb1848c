@NullMarked
package dev.manyfactor.prover.standin;

import org.jspecify.annotations.NullMarked;
