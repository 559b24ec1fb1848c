@NullMarked
package dev.manyfactor.prover.rules;

import org.jspecify.annotations.NullMarked;
