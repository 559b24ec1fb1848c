@NullMarked
package dev.manyfactor.prover.trial;

import org.jspecify.annotations.NullMarked;
