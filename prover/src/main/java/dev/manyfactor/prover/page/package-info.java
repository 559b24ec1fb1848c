@NullMarked
package dev.manyfactor.prover.page;

import org.jspecify.annotations.NullMarked;
