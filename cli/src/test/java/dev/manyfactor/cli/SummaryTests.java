package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.ProcessState;
import dev.manyfactor.formation.FormationState.Running;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.Manifest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTests {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void aSampleIsShownAsALineThatCanBeSentAgainAndAgain() throws Exception {
    Files.writeString(
        folder.resolve(Manifest.FILE),
        """
        name: things
        runtime: node 20
        processes: {web: node server.js}
        samples:
          - request: PUT /v1/things/{unique}
            body: {email: "{unique}@example.com"}
        """);
    Pattern line =
        Pattern.compile(
            "curl -i -X PUT 'http://localhost:8080/v1/things/([a-z0-9]{12})' -H 'Content-Type: application/json' -d '\\{\"email\":\"\\1@example.com\"}'");
    String first = shown();
    String second = shown();
    assertThat(first).containsPattern(line);
    assertThat(second).containsPattern(line).isNotEqualTo(first);
  }

  private String shown() {
    URI address = URI.create("http://127.0.0.1:8080");
    Running process = new Running(1, 0);
    ServiceState service =
        new ServiceState(
            "things",
            folder,
            Optional.of(address),
            List.of(
                new ProcessState("things.web", process, Optional.of(address), Optional.empty())),
            Map.of(),
            Map.of());
    FormationState state =
        new FormationState("id", folder, process, true, Optional.empty(), List.of(service));
    return new Summary(new Terminal(NOWHERE, NOWHERE, false, false), "mf", folder)
        .of(new Event.Running(state, Manifest.read(folder), Duration.ofSeconds(1)), List.of());
  }
}
