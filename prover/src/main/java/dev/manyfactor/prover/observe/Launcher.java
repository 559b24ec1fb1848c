package dev.manyfactor.prover.observe;

import dev.manyfactor.prover.observe.ObservedProcess.End;
import dev.manyfactor.prover.observe.ObservedProcess.Watch;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Starts one process after another, confined, and has its output read and its end noticed.
///
/// Safe on many threads.
///
/// @param landlock confines it; of version 0, does not
/// @param processes how many processes and threads each may have
record Launcher(Landlock landlock, Processes processes, LongSupplier nanos) {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /// How many processes and threads a service may have.
  ///
  /// @param each as a user of its own
  /// @param ofCaller how many the caller has already: the kernel counts all of a user
  record Processes(int each, int ofCaller) {
    int of(Account account) {
      return account.isOwn() ? each : each + 2 * ofCaller;
    }
  }

  /// As what a process is started.
  ///
  /// @param mark by which its family is found; of no other
  /// @param isAlone whether nothing else runs as the account
  record Identity(Account account, long mark, BooleanSupplier isAlone) {}

  /// Starts a process.
  ObservedProcess start(Launch launch, Identity identity) {
    List<String> command =
        new ArrayList<>(new Limits(identity.mark(), processes.of(identity.account())).prefix());
    command.addAll(identity.account().prefix());
    command.addAll(launch.command());
    Linux.Pipe output = Linux.pipe();
    Linux.Pipe error = Linux.pipe();
    List<InputStream> streams = List.of(reading(output, identity), reading(error, identity));
    Spawn.Streams writing = new Spawn.Streams(output.writing(), error.writing());
    long started = nanos.getAsLong();
    try (Spawn spawn = new Spawn(command, launch.directory(), launch.environment(), writing)) {
      ParentThread parent = parent(launch, spawn);
      Family family =
          new Family(parent.child(), identity.mark(), identity.account(), identity.isAlone());
      return new ObservedProcess(family, watch(launch.name(), parent, family, streams), started);
    } finally {
      Linux.close(output.writing());
      Linux.close(error.writing());
    }
  }

  private ParentThread parent(Launch launch, Spawn spawn) {
    if (!landlock.holdsFiles()) {
      return ParentThread.start(launch.name(), () -> {}, spawn);
    }
    int rules = landlock.rules(launch.reach());
    try {
      return ParentThread.start(launch.name(), () -> landlock.confine(rules), spawn);
    } finally {
      Linux.close(rules);
    }
  }

  /// The reading end as a stream; the pipe then belongs to the user of the process, who may open it
  /// once more as /dev/stdout.
  private static InputStream reading(Linux.Pipe pipe, Identity identity) {
    try {
      InputStream stream = new FileInputStream("/proc/self/fd/" + pipe.reading());
      if (identity.account().isOwn()) {
        Linux.own(pipe.writing(), (int) identity.account().user());
      }
      return stream;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      Linux.close(pipe.reading());
    }
  }

  private Watch watch(String name, ParentThread parent, Family family, List<InputStream> streams) {
    Watch watch = new Watch(new BoundedOutput(), new CompletableFuture<>());
    List<Thread> readers =
        List.of(
            reader(name, OutputLine.Stream.STDOUT, streams.getFirst(), watch.output()),
            reader(name, OutputLine.Stream.STDERR, streams.getLast(), watch.output()));
    Thread.ofPlatform()
        .name("mf-end-" + name)
        .daemon(true)
        .start(() -> {
          parent.awaitEnd();
          long moment = nanos.getAsLong();
          int code = family.reapLeader().orElse(-1);
          readers.forEach(Launcher::awaitLastWords);
          watch.end().complete(new End(code, moment));
        });
    return watch;
  }

  private Thread reader(
      String name, OutputLine.Stream stream, InputStream input, BoundedOutput output) {
    OutputReader reader = new OutputReader(stream, nanos, output::add);
    return Thread.ofPlatform()
        .name("mf-output-" + name)
        .daemon(true)
        .start(() -> reader.readAll(input));
  }

  private static void awaitLastWords(Thread reader) {
    try {
      reader.join(LAST_WORDS); // bounded: another process may hold the pipe open
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }
}
