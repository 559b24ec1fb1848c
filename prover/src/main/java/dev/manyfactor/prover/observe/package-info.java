@NullMarked
package dev.manyfactor.prover.observe;

import org.jspecify.annotations.NullMarked;
