/// A service and all it needs, running on one machine.
@NullMarked
package dev.manyfactor.formation;

import org.jspecify.annotations.NullMarked;
