package dev.manyfactor.formation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Builds the artifact of a service if it is stale.
///
/// @param home where the log and the stamp are kept
/// @param environment what the build command gets
/// @param patience how long it may take
record BuildRun(
    FormationHome home, Map<String, String> environment, Duration patience, LongSupplier nanos) {

  /// Builds `manifest`'s artifact, or does nothing if it is up to date.
  void ifStale(Manifest manifest, Consumer<Event> events) throws InterruptedException {
    Manifest.Build build = manifest.build().orElse(null);
    if (build != null && Staleness.isStale(build, home.buildStamp(manifest.name()))) {
      build(manifest, build, events);
    }
  }

  /// Builds it also if the last build was at another commit than the one that is checked out.
  void ifStaleOrOfAnotherCommit(Manifest manifest, Consumer<Event> events)
      throws InterruptedException {
    Manifest.Build build = manifest.build().orElse(null);
    Path stamp = home.buildStamp(manifest.name());
    if (build != null && (Staleness.isStale(build, stamp) || isOfAnotherCommit(manifest, stamp))) {
      build(manifest, build, events);
    }
  }

  private static boolean isOfAnotherCommit(Manifest manifest, Path stamp)
      throws InterruptedException {
    Optional<String> head = Commit.head(manifest.directory());
    try {
      return head.isPresent()
          && !(Files.exists(stamp) && Files.readString(stamp).equals(head.get()));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private void build(Manifest manifest, Manifest.Build build, Consumer<Event> events)
      throws InterruptedException {
    Path log = home.buildLog(manifest.name());
    Path stamp = home.buildStamp(manifest.name());
    try {
      Files.deleteIfExists(stamp);
      Path draft =
          Files.createTempFile(home.folder(), "building-", ".draft"); // as old as what is built
      try {
        Files.writeString(draft, Commit.head(manifest.directory()).orElse(""));
        run(manifest, build, log, events);
        Files.move(draft, stamp);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException failure) {
      throw FormationException.cannotWrite(log, failure);
    }
    requireArtifact(manifest, build, log);
  }

  private void run(Manifest manifest, Manifest.Build build, Path log, Consumer<Event> events)
      throws IOException, InterruptedException {
    Stopwatch watch = Stopwatch.start(nanos);
    LastLines last = new LastLines();
    events.accept(new Event.Building(manifest.name(), build.command().line(), log));
    try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8))) {
      ChildProcess process =
          ChildProcess.start(
              new ChildProcess.Specification(
                  "the build of " + manifest.name(),
                  build.command().words(),
                  manifest.directory(),
                  environment),
              line -> {
                file.println(line);
                last.add(line);
                events.accept(new Event.BuildOutput(manifest.name(), watch.elapsed(), line));
              });
      int code = await(process, log, last);
      if (code != 0) {
        throw new FormationException(
            ExitCode.INTERNAL.number(),
            "the build of %s failed with exit code %d: `%s` in %s; all of its output is in %s"
                .formatted(
                    manifest.name(), code, build.command().line(), manifest.directory(), log),
            last.lines());
      }
      if (file.checkError()) {
        throw new IOException("not all of the build's output could be written");
      }
    }
    events.accept(new Event.Built(manifest.name(), watch.elapsed()));
  }

  private int await(ChildProcess process, Path log, LastLines last) throws InterruptedException {
    try {
      return process.awaitOrEnd(patience);
    } catch (TimeoutException tooLong) {
      throw new FormationException(
          ExitCode.INTERNAL.number(),
          "%s takes longer than %s and was ended; its output is in %s"
              .formatted(process.name(), words(patience), log),
          last.lines());
    }
  }

  private static String words(Duration time) {
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private static void requireArtifact(Manifest manifest, Manifest.Build build, Path log) {
    if (!Files.exists(build.artifact())) {
      throw new FormationException(
          ExitCode.INTERNAL,
          "the build of %s ended well, but there is no %s; let `build.artifact` in manyfactor.yaml name the file that `%s` makes (its output is in %s)"
              .formatted(manifest.name(), build.artifact(), build.command().line(), log));
    }
  }
}
