package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A process that was started by a [LocalSandbox].
///
/// Safe on many threads.
final class ObservedProcess implements Observed {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int ROUNDS = 1000;

  private final Family family;
  private final Watch watch;
  private final long started;
  private final AtomicBoolean cleared = new AtomicBoolean();

  ObservedProcess(Family family, Watch watch, long started) {
    this.family = family;
    this.watch = watch;
    this.started = started;
  }

  /// What goes on beside: its output is read, its end is waited for.
  ///
  /// @param end of the process, with its last lines
  record Watch(BoundedOutput output, CompletableFuture<End> end) {}

  /// How it ended.
  record End(int code, long moment) {}

  @Override
  public long pid() {
    return family.leader();
  }

  @Override
  public Output output() {
    return watch.output();
  }

  @Override
  public List<ProcessFact> tree() {
    return family.living().stream()
        .map(row -> new ProcessFact(row.pid(), row.parent(), ProcessTable.arguments(row.pid())))
        .toList();
  }

  @Override
  public List<Listening> listening() {
    return family.living().stream().flatMap(row -> Sockets.listening(row.pid()).stream()).toList();
  }

  @Override
  public List<Connected> connected() {
    return family.living().stream().flatMap(row -> Sockets.connected(row.pid()).stream()).toList();
  }

  @Override
  public Map<String, String> environment() {
    return family.ifLeaderRemains(() -> ProcessTable.environment(pid())).orElse(Map.of());
  }

  @Override
  public List<Path> openForWriting() {
    return family.living().stream()
        .flatMap(row -> OpenFiles.forWriting(row.pid()))
        .distinct()
        .toList();
  }

  @Override
  public void terminate() {
    family.ifLeaderRemains(() -> Linux.signal(pid(), Linux.TERM));
  }

  @Override
  public void kill() {
    family.kill();
  }

  @Override
  public boolean awaitExit(Duration patience) throws InterruptedException {
    try {
      watch.end().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException runs) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public OptionalInt exitCode() {
    return watch.end().isDone() ? OptionalInt.of(watch.end().join().code()) : OptionalInt.empty();
  }

  @Override
  public long started() {
    return started;
  }

  @Override
  public OptionalLong ended() {
    return watch.end().isDone()
        ? OptionalLong.of(watch.end().join().moment())
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    for (int round = 0; round < ROUNDS && !isGone(); round++) {
      family.kill();
      LockSupport.parkNanos(POLL.toNanos()); // not a sleep: an interruption must not leave it
    }
    if (!cleared.getAndSet(true)) {
      family.clearAway();
    }
  }

  /// Whether it was closed, and nothing of it is left.
  boolean isCleared() {
    return cleared.get() && isGone();
  }

  private boolean isGone() {
    return watch.end().isDone() && family.living().isEmpty();
  }
}
