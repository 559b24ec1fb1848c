/// Calls to other services, each within connect, attempt, total and request bounds.
@NullMarked
package dev.manyfactor.resilience;

import org.jspecify.annotations.NullMarked;
