package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRequestTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void service() throws Exception {
    Files.writeString(folder.resolve("Procfile"), "web: node server.js\n");
  }

  @Test
  void inAPipeItIsAssumedAndSaid() {
    assertThat(paths(request("/never\n", false))).containsExactly("/");
    assertThat(text())
        .contains(
            " has only a Procfile, so `GET /` is taken to show that it works; `mf prove --init` writes a manyfactor.yaml");
  }

  @Test
  void whoCanAnswerIsAsked() {
    assertThat(paths(request("/health\nn\n", true))).containsExactly("/health");
    assertThat(text())
        .contains(
            "which request shows that it works? [GET /] ",
            "save that in a manyfactor.yaml? [y/N] ");
    assertThat(folder.resolve("manyfactor.yaml")).doesNotExist();
  }

  @Test
  void theAnswerIsSavedWhereThatIsWanted() {
    assertThat(paths(request("/health\nyes\n", true))).containsExactly("/health");
    assertThat(text()).contains("mf: wrote " + folder.resolve("manyfactor.yaml"));
    assertThat(Manifest.read(folder).samples())
        .extracting(Manifest.Sample::path)
        .contains("/health");
  }

  @Test
  void aManifestIsWrittenAndWhatToLookAtIsSaid() {
    assertThat(request("", false).writeManifest(folder)).isZero();
    assertThat(text())
        .contains(
            "mf: wrote ", "Procfile", "mf: look at these in it; what it says is what is proven:\n");
    assertThatThrownBy(() -> request("", false).writeManifest(folder))
        .isInstanceOf(FormationException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void noAnswerIsTheDefault() {
    assertThat(paths(request("\n\n", true))).containsExactly("/");
    assertThat(paths(request("", true))).containsExactly("/");
  }

  @Test
  void anAnswerThatIsNoRequestIsAskedForAgainAndNotForEver() {
    assertThat(paths(request("POST /x\nGET  /greetings/ada\n\n", true)))
        .containsExactly("/greetings/ada");
    assertThat(text()).contains("a request is GET and a path, for example `GET /health`");
    assertThatThrownBy(() -> request("a\nb\nc\nd\n", true).samplesOf(folder))
        .isInstanceOf(FormationException.class)
        .hasMessageStartingWith("no request was given");
  }

  @Test
  void aManifestSpeaksForItself() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: a\nruntime: node 20\nprocesses: {web: {command: node server.js}}\n");
    assertThat(request("/x\n", true).samplesOf(folder)).isEmpty();
    assertThat(text()).isEmpty();
  }

  @Test
  void whatServesNobodyIsNotAskedFor() throws Exception {
    Files.writeString(folder.resolve("Procfile"), "worker: node worker.js\n");
    assertThat(request("/x\n", true).samplesOf(folder)).isEmpty();
    assertThat(text()).isEmpty();
  }

  private List<String> paths(FirstRequest request) {
    return request.samplesOf(folder).stream().map(Manifest.Sample::path).toList();
  }

  private FirstRequest request(String answers, boolean attended) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new FirstRequest(
        new Terminal(errors, errors, attended, false),
        new Seat(
            new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
            attended,
            attended,
            100));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
