/// One effect per key: the stored response commits in the business transaction.
@NullMarked
package dev.manyfactor.idempotency;

import org.jspecify.annotations.NullMarked;
