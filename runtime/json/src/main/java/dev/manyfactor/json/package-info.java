/// Strict, bounded JSON that reports every violation with its pointer.
@NullMarked
package dev.manyfactor.json;

import org.jspecify.annotations.NullMarked;
