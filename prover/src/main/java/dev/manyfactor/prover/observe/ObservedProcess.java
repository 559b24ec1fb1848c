package dev.manyfactor.prover.observe;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// A process that was started by a [LocalSandbox].
final class ObservedProcess implements Observed {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int ROUNDS = 1000;

  private final Process process;
  private final long started;
  private final LongSupplier nanos;
  private final BoundedOutput output = new BoundedOutput();
  private final List<Thread> readers = new ArrayList<>();
  private final CompletableFuture<Long> ended;

  ObservedProcess(String name, Process process, long started, LongSupplier nanos) {
    this.process = process;
    this.started = started;
    this.nanos = nanos;
    readers.add(reader(name, OutputLine.Stream.STDOUT, process.getInputStream()));
    readers.add(reader(name, OutputLine.Stream.STDERR, process.getErrorStream()));
    ended = process.onExit().thenApply(gone -> nanos.getAsLong());
  }

  private Thread reader(String name, OutputLine.Stream stream, InputStream input) {
    OutputReader reader = new OutputReader(stream, nanos, output::add);
    return Thread.ofPlatform()
        .name("mf-output-" + name)
        .daemon(true)
        .start(() -> reader.readAll(input));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public List<ProcessFact> tree() {
    return rows().stream()
        .map(row -> new ProcessFact(row.pid(), row.parent(), ProcessTable.arguments(row.pid())))
        .toList();
  }

  private List<ProcessTable.Row> rows() {
    return ProcessTable.living().stream()
        .filter(row -> row.pid() == pid() || row.session() == pid())
        .toList();
  }

  @Override
  public List<Listening> listening() {
    return rows().stream().flatMap(row -> Sockets.listening(row.pid()).stream()).toList();
  }

  @Override
  public List<Connected> connected() {
    return rows().stream().flatMap(row -> Sockets.connected(row.pid()).stream()).toList();
  }

  @Override
  public Map<String, String> environment() {
    return ProcessTable.environment(pid());
  }

  @Override
  public List<Path> openForWriting() {
    return rows().stream().flatMap(row -> OpenFiles.forWriting(row.pid())).distinct().toList();
  }

  @Override
  public void terminate() {
    process.toHandle().destroy(); // Process.destroy would close its output as well
  }

  @Override
  public void kill() {
    rows().forEach(row -> ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Override
  public boolean awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience)) {
      return false;
    }
    ended.join();
    for (Thread reader : readers) {
      reader.join(LAST_WORDS);
    }
    return true;
  }

  @Override
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  @Override
  public long started() {
    return started;
  }

  @Override
  public OptionalLong ended() {
    return ended.isDone() ? OptionalLong.of(ended.join()) : OptionalLong.empty();
  }

  @Override
  public void close() {
    for (int round = 0; round < ROUNDS && !rows().isEmpty(); round++) {
      kill();
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
