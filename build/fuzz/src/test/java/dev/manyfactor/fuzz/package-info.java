@NullMarked
package dev.manyfactor.fuzz;

import org.jspecify.annotations.NullMarked;
