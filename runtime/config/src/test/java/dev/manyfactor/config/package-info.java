/// Tests of the settings.
@NullMarked
package dev.manyfactor.config;

import org.jspecify.annotations.NullMarked;
