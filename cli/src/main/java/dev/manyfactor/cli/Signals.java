package dev.manyfactor.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
  static void onEnding(Runnable first, Runnable second) {
    AtomicInteger seen = new AtomicInteger();
    for (String name : ENDING) {
      on(
          name,
          () -> {
            switch (seen.incrementAndGet()) {
              case 1 -> first.run();
              case 2 -> second.run();
              default -> Runtime.getRuntime().halt(INTERRUPTED);
            }
          });
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
