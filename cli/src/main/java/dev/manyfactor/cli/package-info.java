/// The command mf.
@NullMarked
package dev.manyfactor.cli;

import org.jspecify.annotations.NullMarked;
