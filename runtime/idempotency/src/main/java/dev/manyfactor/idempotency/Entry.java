package dev.manyfactor.idempotency;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/// One key of one subject of one tenant, and the request it is used for.
///
/// @param tenant whose work it is
/// @param scope stands for tenant and subject, so that nobody can find another's answers by key
/// @param key as the caller gave it
/// @param fingerprint of the request
/// @param slot where its answer lies
record Entry(Tenant tenant, UUID scope, String key, Fingerprint fingerprint, Slot slot) {

  static Entry of(Context context, IdempotencyKey key, Fingerprint fingerprint) {
    Tenant tenant =
        context
            .tenant()
            .orElseThrow(() ->
                new IllegalStateException(
                    context.operation()
                        + " has no tenant, and a key"
                        + " belongs to one; use Context.withTenant(…)"));
    String subject = context.caller().map(Caller::subject).orElse("");
    byte[] digest = digest("scope", tenant.id(), subject);
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    var scope = new UUID(bytes.getLong(), bytes.getLong());
    return new Entry(tenant, scope, key.value(), fingerprint, Slot.of(key));
  }

  /// What the transaction that answers locks: the same for everybody who uses this key.
  long lock() {
    return ByteBuffer.wrap(digest("lock", scope.toString(), key)).getLong();
  }

  /// The key for the calls of this work: the same for every attempt, and of no use to anyone who
  /// sees it.
  String derivedKey() {
    return HexFormat.of().formatHex(digest("call", scope.toString(), key), 0, 16);
  }

  private static byte[] digest(String... parts) {
    MessageDigest digest = Fingerprint.sha256();
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return digest.digest();
  }
}
