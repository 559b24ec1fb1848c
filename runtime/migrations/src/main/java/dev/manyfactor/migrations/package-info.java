/// Versioned SQL with checksums, one runner at a time, and the stamp.
@NullMarked
package dev.manyfactor.migrations;

import org.jspecify.annotations.NullMarked;
