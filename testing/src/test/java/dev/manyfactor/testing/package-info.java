@NullMarked
package dev.manyfactor.testing;

import org.jspecify.annotations.NullMarked;
