/// Settings from the environment: all problems at once, before a port opens.
@NullMarked
package dev.manyfactor.config;

import org.jspecify.annotations.NullMarked;
