package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.Running;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventLinesTests {
  private static final Path GUIDE = Path.of("../docs/guides/running-locally.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (.*?) \\|");
  private static final Duration ELAPSED = Duration.ofMillis(1234);

  @TempDir Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final EventLines lines =
      new EventLines(
          new Terminal(out, out, true, true),
          InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z")));

  @Test
  void everyEventIsAnObjectOnALineWithTheMembersThatTheGuideLists() throws Exception {
    for (Event event : oneOfEach()) {
      lines.accept(event);
    }
    lines.failed(new FormationException(78, "two things are wrong", List.of("one", "two")));
    Map<String, Set<String>> members = new TreeMap<>();
    for (JsonNode line : written()) {
      assertThat(line.get("time").asString()).isEqualTo("2026-11-20T10:00:00Z");
      Set<String> names =
          members.computeIfAbsent(line.get("type").asString(), _ -> new TreeSet<>());
      names.addAll(line.propertyNames());
      names.removeAll(Set.of("type", "time"));
    }
    assertThat(members).isEqualTo(listed());
    assertThat(oneOfEach().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  /// The table of the guide: each type with its members.
  private static Map<String, Set<String>> listed() throws Exception {
    String guide = Files.readString(GUIDE);
    String table = guide.substring(guide.indexOf("| `type` |"));
    Map<String, Set<String>> listed = new TreeMap<>();
    ROW.matcher(table.substring(table.indexOf('\n'), table.indexOf("\n\n")))
        .results()
        .forEach(row -> {
          Set<String> members = new TreeSet<>();
          Pattern.compile("`([a-z_]+)`")
              .matcher(row.group(2))
              .results()
              .forEach(member -> members.add(member.group(1)));
          listed.put(row.group(1), members);
        });
    return listed;
  }

  @Test
  void aLogLineThatIsAnObjectIsOneAndEveryOtherAText() {
    lines.accept(new Event.Logged("payments.web.1", "{\"level\":\"INFO\",\"n\":1}"));
    lines.accept(new Event.Logged("payments.web.1", "{not \u001b[31mjson"));
    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"type":"log","time":"2026-11-20T10:00:00Z","process":"payments.web.1","entry":{"level":"INFO","n":1}}
            {"type":"log","time":"2026-11-20T10:00:00Z","process":"payments.web.1","line":"{not \\u001B[31mjson"}
            """);
  }

  @Test
  void whatRunsIsToldWithoutSecrets() throws Exception {
    lines.accept(running());
    assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("hunter2");
    JsonNode service = written().getFirst().get("services").get(0);
    assertThat(service.get("address").asString()).isEqualTo("http://127.0.0.1:8080");
    assertThat(service.get("processes").get(0).toString())
        .isEqualTo(
            "{\"name\":\"payments.web.1\",\"pid\":7,\"address\":\"http://127.0.0.1:20001\",\"management\":\"http://127.0.0.1:20002\"}");
  }

  private List<JsonNode> written() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  private List<Event> oneOfEach() throws Exception {
    return List.of(
        new Event.Building("payments", "make", Path.of("build.log")),
        new Event.BuildOutput("payments", ELAPSED, "compiling"),
        new Event.Built("payments", ELAPSED),
        new Event.Provided("PostgreSQL 18", "127.0.0.1:5432"),
        new Event.Noted("payments", "its .env is not read"),
        new Event.Releasing("payments", "migrate"),
        new Event.Released("payments", "migrate", ELAPSED),
        new Event.Routing("payments.web", URI.create("http://127.0.0.1:8080"), 2),
        new Event.Started("payments.web.1"),
        new Event.Awaiting("payments.web.1", ELAPSED, "does not answer"),
        new Event.BecameReady("payments.web.1", ELAPSED),
        new Event.BecameUnready("payments.web.1", "answers 503"),
        new Event.ReadyAgain("payments.web.1"),
        new Event.Ended("payments.web.1", 137, Duration.ofMillis(80), 1),
        new Event.Logged("payments.web.1", "text"),
        new Event.Logged("payments.web.1", "{\"level\":\"INFO\"}"),
        running(),
        new Event.Stopping(),
        new Event.Stopped("payments.web.1", true));
  }

  private Event.Running running() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: payments\nruntime: sh 1\nprocesses: {web: 'true'}\n");
    ProcessState web =
        new ProcessState(
            "payments.web.1",
            new Running(7, 1),
            Optional.of(URI.create("http://127.0.0.1:20001")),
            Optional.of(URI.create("http://127.0.0.1:20002")));
    ServiceState service =
        new ServiceState(
            "payments",
            folder,
            Optional.of(URI.create("http://127.0.0.1:8080")),
            List.of(web),
            Map.of("DATABASE_URL", "postgres://payments:hunter2@localhost/payments"),
            Map.of());
    return new Event.Running(
        new FormationState(
            "id", folder, new Running(6, 1), true, Optional.empty(), List.of(service)),
        Manifest.read(folder),
        ELAPSED);
  }
}
