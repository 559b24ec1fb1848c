/// One effect per key: the stored response commits in the business transaction.
///
/// It promises that work repeated under one key of one caller has one effect, and that the repeat
/// gets the first answer byte for byte; that a duplicate of work in flight is answered at once and
/// holds no connection; and that nothing has to be repaired after a crash, because a key is written
/// once, with the effect.
///
/// It refuses one key for two different requests, and a key that is older than what is kept.
///
/// It knows nothing of HTTP beyond the shape of what it stores. Read [Idempotency] first.
@NullMarked
package dev.manyfactor.idempotency;

import org.jspecify.annotations.NullMarked;
