package dev.manyfactor.cli;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Ctrl-C, `kill` and a closed terminal.
///
/// Java's own means, a shutdown hook, does not see a second Ctrl-C. `sun.misc.Signal` (module
/// jdk.unsupported, exported) does, but the compiler warns of it in a way that cannot be turned
/// off, so it is called by reflection. Where it is missing, signals do what they always do.
final class Signals {
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");
  private static final int INTERRUPTED = 130;

  private Signals() {}

  /// Runs `first` at the first signal and `second` at the second; the third ends the JVM.
  ///
  /// @param nanos measures how far signals are apart
  static void onEnding(Runnable first, Runnable second, LongSupplier nanos) {
    Presses presses =
        new Presses(nanos, List.of(first, second, () -> Runtime.getRuntime().halt(INTERRUPTED)));
    for (String name : ENDING) {
      on(name, presses::signal);
    }
  }

  /// Tells what a person presses from what arrives: the terminal signals every process of a
  /// command, and a shell or a script that is one of them may pass the signal on to the others.
  static final class Presses {
    private static final long ONE_PRESS = Duration.ofMillis(300).toNanos();

    private final LongSupplier nanos;
    private final List<Runnable> actions;
    private int seen;
    private long last;

    /// @param actions for the first press, the second and so on; the last one for all that follow
    Presses(LongSupplier nanos, List<Runnable> actions) {
      this.nanos = nanos;
      this.actions = actions;
    }

    /// A signal has arrived; one shortly after another is the same press.
    void signal() {
      next().ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> next() {
      long now = nanos.getAsLong();
      if (seen > 0 && now - last < ONE_PRESS) {
        return Optional.empty();
      }
      last = now;
      Runnable action = actions.get(Math.min(seen, actions.size() - 1));
      seen++;
      return Optional.of(action);
    }
  }

  /// Lets a child that shares our terminal decide what Ctrl-C means.
  static void leaveInterruptToChild() {
    on("INT", () -> {});
  }

  private static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    } catch (ReflectiveOperationException missing) {
      // the signal keeps its usual meaning: the JVM ends, and its children with it
    }
  }
}
