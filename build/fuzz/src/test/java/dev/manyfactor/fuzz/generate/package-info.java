@NullMarked
package dev.manyfactor.fuzz.generate;

import org.jspecify.annotations.NullMarked;
