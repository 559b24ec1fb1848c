@NullMarked
package dev.manyfactor.prover.stage;

import org.jspecify.annotations.NullMarked;
