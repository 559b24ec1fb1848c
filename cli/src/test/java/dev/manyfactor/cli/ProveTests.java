package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mf prove` as its user meets it: a real service, a real terminal's signals.
class ProveTests {
  private static final String SERVES =
      "web: exec /usr/bin/python3 -m http.server $PORT --bind 127.0.0.1\n";

  @TempDir Path folder;
  private Program mf;
  private Path service;

  @BeforeEach
  void service() throws Exception {
    mf = new Program(folder);
    service = Files.createDirectory(folder.resolve("files"));
  }

  @Test
  void standardOutputHoldsTheReportAndNothingElse() throws Exception {
    Files.writeString(service.resolve("Procfile"), SERVES);
    Program.Started run =
        mf.start(
            "prove",
            "--fast",
            "--only",
            "07-1",
            "--seed",
            "7",
            "--format",
            "json,html",
            service.toString());
    assertThat(run.exitCode()).as(run.errors()).isZero();
    JsonNode report = JsonMapper.shared().readTree(run.output());
    assertThat(report.get("service").asString()).isEqualTo("files");
    assertThat(report.get("seed").asInt()).isEqualTo(7);
    assertThat(report.get("counts").get("PASS").asInt()).isEqualTo(1);
    assertThat(run.errors().lines())
        .contains(
            "mf: files has only a Procfile, so `GET /` is taken to show that it works; `mf prove --init` writes a manyfactor.yaml that can say more")
        .anyMatch(line -> line.matches("mf: 07-1 PASS after .* s; 1 of 1 decided"))
        .last()
        .isEqualTo("mf: the report is in " + service.resolve(".manyfactor/prove.html"));
    assertThat(Files.readString(service.resolve(".manyfactor/prove.html")))
        .contains("<title>files: mf prove</title>");
    assertThat(service.resolve(".manyfactor/.gitignore")).hasContent("*");
  }

  @Test
  void aServiceThatEndsAtOnceIsNotProvenAndItsWordsAreShown() throws Exception {
    Files.writeString(service.resolve("Procfile"), "web: echo no such table; exit 3 # $PORT\n");
    Program.Started run = mf.start("prove", "--fast", "--only", "07-1", service.toString());
    assertThat(run.exitCode()).as(run.output() + run.errors()).isEqualTo(3);
    assertThat(run.output())
        .startsWith("files\n  commit     none: this is no git checkout\n")
        .contains("NOT_PROVEN 07-1\n", "no such table")
        .endsWith("exit code 3: a MUST is not proven\n")
        .doesNotContain("\u001b");
  }

  @Test
  void buildThatFailsLeavesEverythingUnproven() throws Exception {
    Files.writeString(
        service.resolve("manyfactor.yaml"),
        """
        name: files
        runtime: python 3
        build: {command: sh -c 'echo no compiler; exit 3', artifact: out}
        processes:
          web: {command: /usr/bin/python3 -m http.server, port: 8080}
        """);
    Program.Started run = mf.start("prove", "--only", "07-1", service.toString());
    assertThat(run.exitCode()).as(run.output() + run.errors()).isEqualTo(3);
    assertThat(run.output()).contains("NOT_PROVEN 07-1", "no compiler");
    assertThat(run.errors()).contains("07-1 NOT_PROVEN after 0.0 s; 1 of 1 decided");
  }

  @Test
  void ctrlCLeavesNoProcessAndPrintsWhatWasDecided() throws Exception {
    Files.writeString(
        service.resolve("Procfile"),
        "web: echo $$ > /dev/stderr; exec sleep 611 # never on $PORT\n");
    Program.Started run = mf.start("prove", service.toString());
    try {
      Program.await(run, () -> sleepers() > 0);
      run.signal("INT");
      assertThat(run.exitCode()).as(run.output() + run.errors()).isEqualTo(130);
    } finally {
      run.process().destroy();
    }
    assertThat(run.errors())
        .contains("mf: stopping what was started; Ctrl-C ends mf at once\n")
        .contains("mf: called off; ");
    assertThat(sleepers()).isZero();
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process.info().arguments().map(List::of).filter(List.of("611")::equals).isPresent())
        .count();
  }
}
