package dev.manyfactor.chaos.loop;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A formation at work on a thread of its own. Safe on many threads.
final class FormationThread {
  private static final Duration READY = Duration.ofMinutes(45); // a first build may be among it
  private static final Duration END = Duration.ofMinutes(2);

  private final Consumer<String> told;
  private final CompletableFuture<Boolean> running = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean begun;

  /// @param told gets what is being done
  FormationThread(Consumer<String> told) {
    this.told = told;
  }

  /// To be given every event of the formation.
  void hear(Event event) {
    if (event instanceof Event.Running) {
      running.complete(true);
    } else if (event instanceof Event.Building building) {
      told.accept("building %s: %s".formatted(building.service(), building.command()));
    }
  }

  /// Starts it, and returns once all of it is ready; fails as it does.
  void run(Formation formation) throws InterruptedException {
    told.accept("starting what is to be broken");
    begun = true;
    Thread.ofPlatform()
        .name("chaos-formation")
        .daemon(true)
        .start(() -> {
          try {
            formation.run();
            over.complete(null);
          } catch (RuntimeException failure) {
            over.completeExceptionally(failure);
          }
        });
    try {
      CompletableFuture.anyOf(running, over).get(READY.toSeconds(), TimeUnit.SECONDS);
      requireRunning();
    } catch (ExecutionException failed) {
      throw known(failed.getCause());
    } catch (TimeoutException late) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the service is not ready after %d minutes".formatted(READY.toMinutes()));
    }
  }

  /// Fails if it has ended although nobody asked it to.
  void requireRunning() {
    switch (over.state()) {
      case RUNNING -> {}
      case FAILED -> throw known(over.exceptionNow());
      case SUCCESS, CANCELLED ->
          throw new FormationException(
              ExitCode.INTERNAL, "the formation was stopped before its time");
    }
  }

  private static RuntimeException known(@Nullable Throwable failure) {
    return failure instanceof FormationException known ? known : new IllegalStateException(failure);
  }

  /// Ends it in order, at once if that takes too long.
  void end(Formation formation) {
    if (!begun) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    formation.stop();
    try {
      over.get(END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException impatient) {
      interrupted = true;
      formation.kill();
    } catch (TimeoutException late) {
      formation.kill();
    } catch (ExecutionException said) {
      // whoever waited for it to be ready has seen it, or requireRunning() has
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
