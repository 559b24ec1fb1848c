package dev.manyfactor.prover.standin;

import dev.manyfactor.formation.SigningKey;
import java.util.ArrayList;
import java.util.List;

/// Keys that are made once and used by every issuer of a run, since making one takes long.
///
/// Each is made when it is first asked for. Safe on many threads.
public final class KeyRing {
  private static final int FOREIGN = -1;

  private final List<SigningKey> keys = new ArrayList<>();

  /// The key that an issuer signs with after it has rotated so many times.
  SigningKey afterRotations(int rotations) {
    return key(rotations - FOREIGN);
  }

  /// A key that no issuer publishes.
  SigningKey foreign() {
    return key(0);
  }

  private synchronized SigningKey key(int index) {
    while (keys.size() <= index) {
      keys.add(SigningKey.generate());
    }
    return keys.get(index);
  }
}
