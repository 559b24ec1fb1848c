package dev.manyfactor.faults;

import java.util.concurrent.CompletableFuture;

/// A behaviour and the time it lasts. Two epochs of the same behaviour are two.
final class Epoch {
  private final Behaviour behaviour;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  Epoch(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /// Done when another behaviour has followed, or the proxy is closed.
  CompletableFuture<Void> over() {
    return over;
  }

  /// Whether nothing may be passed on in it.
  boolean holds() {
    return switch (behaviour) {
      case Behaviour.Pass _, Behaviour.Latency _, Behaviour.CutAfter _ -> false;
      case Behaviour.Blackhole _,
          Behaviour.HangInConnect _,
          Behaviour.Refuse _,
          Behaviour.Reset _ ->
          true;
    };
  }

  /// Whether new connections hang in it.
  boolean hangs() {
    return behaviour instanceof Behaviour.HangInConnect;
  }
}
