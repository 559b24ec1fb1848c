/// The tests of the idempotency module, against a real PostgreSQL.
@NullMarked
package dev.manyfactor.idempotency;

import org.jspecify.annotations.NullMarked;
