package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Shape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A temporary folder with fixture services, and a formation over them.
final class Stage {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final Path folder;
  final Path diary;
  final List<Event> events = new CopyOnWriteArrayList<>();
  final Map<String, String> shell = new HashMap<>(System.getenv());
  Scale scale = Scale.ONE_OF_EACH;
  FormationSettings.Patience patience = FormationSettings.Patience.DEFAULT;

  private Stage(Path folder) {
    this.folder = folder;
    this.diary = folder.resolve("diary");
    shell.put("DIARY", diary.toString());
    shell.keySet().removeAll(List.of("DEPLOYMENT", "RELEASE", "DRAIN_DELAY", "RESPONSE_CHECK"));
  }

  static Stage in(Path folder) {
    return new Stage(folder);
  }

  /// The command line of a fixture process.
  static String fixture(String arguments) {
    return "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp %s dev.manyfactor.formation.FixtureService %s"
        .formatted(Path.of("target/test-classes").toAbsolutePath(), arguments);
  }

  /// Writes the manifest of a service; `<web>` stands for the fixture's command line with `web`.
  Path service(String name, String manifest) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    String text =
        Pattern.compile("<([^>]*)>")
            .matcher(manifest)
            .replaceAll(match -> Matcher.quoteReplacement(fixture(match.group(1))));
    text += "\nenvironment: {FIXTURE: %s}\n".formatted(name);
    Files.writeString(directory.resolve(Manifest.FILE), text);
    return directory;
  }

  Formation formation(Path directory) {
    return formation(directory, OptionalInt.empty());
  }

  Formation formation(Path directory, OptionalInt port) {
    return formation(directory, new Shape(port, Set.of(), scale), Data.KEPT);
  }

  Formation formation(Path directory, Shape shape, Data data) {
    return new Formation(
        new FormationSettings(directory, shape, data, patience),
        new Surroundings(shell, InstantSource.system(), System::nanoTime),
        events::add);
  }

  /// Runs a formation in a thread of its own.
  CompletableFuture<Formation.Outcome> run(Formation formation) {
    CompletableFuture<Formation.Outcome> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            outcome.complete(formation.run());
          } catch (Throwable failure) {
            outcome.completeExceptionally(failure);
          }
        });
    return outcome;
  }

  /// Waits until the formation runs, or fails with its failure.
  FormationState awaitRunning(CompletableFuture<Formation.Outcome> outcome) {
    await("running", () -> outcome.isDone() || !running().isEmpty());
    if (outcome.isDone()) {
      outcome.join();
    }
    return running().getFirst().state();
  }

  private List<Event.Running> running() {
    return events(Event.Running.class);
  }

  /// The events of one kind so far.
  <E extends Event> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// How often a process has become ready.
  long readiness(String process) {
    return events(Event.BecameReady.class).stream()
        .filter(ready -> ready.process().equals(process))
        .count();
  }

  static Formation.Outcome ended(CompletableFuture<Formation.Outcome> outcome) throws Exception {
    return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  List<String> diary() throws IOException {
    return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
  }

  /// The pids that the fixtures wrote down when they started.
  List<Long> pids() throws IOException {
    return diary().stream()
        .filter(line -> line.contains(" started "))
        .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  /// Nothing of the formation is left: no process, no state, no registration, no lock.
  void assertNothingLeft(Path directory) throws IOException {
    for (long pid : pids()) {
      await(
          "process " + pid + " to end",
          () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
    assertThat(directory.resolve(".manyfactor/formation.json")).doesNotExist();
    assertThat(RunningFormations.ofUser().all().stream().map(FormationState::directory))
        .doesNotContain(directory);
    try (FormationLock lock = FormationLock.take(FormationHome.of(directory).made())) {
      assertThat(lock).isNotNull();
    }
  }

  static String get(URI address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      try {
        Thread.sleep(10);
      } catch (InterruptedException stopping) {
        throw new IllegalStateException(stopping);
      }
    }
  }
}
