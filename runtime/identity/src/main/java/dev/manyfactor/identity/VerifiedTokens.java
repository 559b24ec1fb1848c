package dev.manyfactor.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Tokens that have been verified before, by their SHA-256: the tokens themselves are not kept.
///
/// An entry lasts until its token expires or the issuer's keys change, whichever is first; at most
/// 16 × 512 are kept, the least used go first. Safe on many threads.
final class VerifiedTokens {
  private static final int SHARDS = 16;
  private static final int SHARD_SIZE = 512;

  private final Shard[] shards = new Shard[SHARDS];
  private final MessageDigest prototype = sha256();

  VerifiedTokens() {
    for (int index = 0; index < SHARDS; index++) {
      shards[index] = new Shard();
    }
  }

  /// A token's digest.
  record Fingerprint(long first, long second, long third, long fourth) {}

  private record Kept(long generation, Verification.Accepted accepted) {}

  /// One lock, and the tokens it guards, the least used first.
  private static final class Shard {
    private final LinkedHashMap<Fingerprint, Kept> tokens = new LinkedHashMap<>(16, 0.75f, true);

    synchronized Optional<Verification.Accepted> find(
        Fingerprint fingerprint, long generation, Instant now) {
      Kept kept = tokens.get(fingerprint);
      if (kept == null) {
        return Optional.empty();
      }
      if (kept.generation() == generation && now.isBefore(kept.accepted().expiresAt())) {
        return Optional.of(kept.accepted());
      }
      tokens.remove(fingerprint);
      return Optional.empty();
    }

    synchronized void keep(Fingerprint fingerprint, Kept kept) {
      tokens.put(fingerprint, kept);
      if (tokens.size() > SHARD_SIZE) {
        tokens.pollFirstEntry();
      }
    }
  }

  Fingerprint fingerprint(String token) {
    ByteBuffer digest =
        ByteBuffer.wrap(copyOfDigest().digest(token.getBytes(StandardCharsets.ISO_8859_1)));
    return new Fingerprint(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
  }

  /// What was found when the token was verified with the keys of `generation`, if it still holds.
  Optional<Verification.Accepted> find(Fingerprint fingerprint, long generation, Instant now) {
    return shard(fingerprint).find(fingerprint, generation, now);
  }

  void keep(Fingerprint fingerprint, long generation, Verification.Accepted accepted) {
    shard(fingerprint).keep(fingerprint, new Kept(generation, accepted));
  }

  private Shard shard(Fingerprint fingerprint) {
    return shards[(int) (fingerprint.first() & (SHARDS - 1))];
  }

  private MessageDigest copyOfDigest() {
    try {
      return (MessageDigest) prototype.clone();
    } catch (CloneNotSupportedException unsupported) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }
}
