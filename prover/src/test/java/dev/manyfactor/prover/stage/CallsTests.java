package dev.manyfactor.prover.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsTests {
  @TempDir Path folder;

  @Test
  void whatWasMadeIsReadWhereTheSampleSays() throws IOException {
    assertThat(readBy("/v1/notes/{note.id}", answer("{\"note\": {\"id\": 7}}", "/elsewhere")))
        .contains("/v1/notes/7");
  }

  @Test
  void aMemberThatTheAnswerLacksMakesNoOtherRead() throws IOException {
    assertThat(readBy("/v1/notes/{id}", answer("{\"name\": \"7\"}", "/v1/notes/7"))).isEmpty();
    assertThat(readBy("/v1/notes/{id}", answer("no JSON", "/v1/notes/7"))).isEmpty();
    assertThat(readBy("/v1/notes/{id}", answer("{\"id\": \"a\\r\\nb: c\"}", ""))).isEmpty();
  }

  @Test
  void aLocationMayBeAWholeAddressAPathOrRelative() throws IOException {
    assertThat(readBy(answer("", "http://example.org:81/v1/notes/7?full=1")))
        .contains("/v1/notes/7?full=1");
    assertThat(readBy(answer("", "/v1/notes/7"))).contains("/v1/notes/7");
    assertThat(readBy(answer("", "notes/7"))).contains("/v1/notes/7");
  }

  @Test
  void aLocationThatIsNoAddressIsNone() throws IOException {
    assertThat(readBy(answer("", "http://[garbage"))).isEmpty();
    assertThat(readBy(answer("", "two words"))).isEmpty();
    assertThat(readBy(answer("", "urn:note:7"))).isEmpty();
  }

  private Optional<String> readBy(Exchange made) throws IOException {
    return calls().readOf(sample(Optional.empty()), made).map(Call::path);
  }

  private Optional<String> readBy(String template, Exchange made) throws IOException {
    return calls().readOf(sample(Optional.of(template)), made).map(Call::path);
  }

  private static Manifest.Sample sample(Optional<String> read) {
    return new Manifest.Sample(
        "POST", "/v1/notes", Set.of(), Optional.of("{}"), read, Optional.empty());
  }

  private static Exchange answer(String body, String location) {
    return new Exchange(
        new Call("POST", "/v1/notes", Map.of(), Optional.of("{}")),
        new Exchange.Result.Answer(201, Map.of("location", List.of(location)), body),
        0,
        Duration.ZERO);
  }

  private Calls calls() throws IOException {
    Files.writeString(
        folder.resolve(Manifest.FILE),
        "name: tiny\nruntime: python 3\nprocesses:\n  web:\n    command: python3 service.py\n");
    return new Calls(
        new Subject(
            Manifest.read(folder),
            new Subject.Checkout(Optional.empty(), List.of(), false),
            List.of(),
            Optional.empty()),
        _ -> "");
  }
}
