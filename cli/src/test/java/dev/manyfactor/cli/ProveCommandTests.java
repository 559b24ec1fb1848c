package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What `mf prove` says without proving anything.
class ProveCommandTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--factor=0|--factor must be the number of a factor, 1 to 23, but is \"0\"",
        "--factor=ix|--factor must be the number of a factor, 1 to 23, but is \"ix\"",
        "--only=9-2|there is no requirement \"9-2\"; did you mean \"09-2\"?; `mf prove list` has them all",
        "--only=99-9|there is no requirement \"99-9\"",
        "--only=02-3|02-3 is not in this version; `mf prove list` has those that are",
        "--factor=2|factor 2, dependencies, is not in this version; `mf prove list` has those that are",
        "--seed=-1|--seed must be a whole number from 0 to 9007199254740991, but is \"-1\"",
        "--seed=9007199254740992|--seed must be a whole number from 0 to 9007199254740991",
        "--limit=0s|--limit must be a time like 90s, 5m or 1h, at least 1s and at most 24h, but is \"0s\"",
        "--limit=25h|--limit must be a time like 90s, 5m or 1h",
        "--limit=5|--limit must be a time like 90s, 5m or 1h",
        "--format=htlm|--format must be terminal, json or html, but is \"htlm\"; did you mean \"html\"?",
        "--format=terminal,json|--format: terminal and json all go to standard output; give all but one",
        "--format=json=|--format json= must name a file, for example json=prove.json",
        "--format=json=/nowhere/at/all.json|/nowhere/at is no folder that can be written; make it, or name another",
        "--fasst|there is no option --fasst; did you mean \"--fast\"?"
      })
  void aMistakeNamesTheFlagTheRuleTheValueAndTheRemedy(String option, String words) {
    assertThat(mf("prove", option, folder.toString())).isEqualTo(2);
    assertThat(text(err)).startsWith("mf: ").contains(words).endsWith("see `mf prove --help`\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(mf("prove", "--only", "9-2,xx", "--seed", "a", "--limit", "b", "--format", "c"))
        .isEqualTo(2);
    assertThat(text(err)).startsWith("mf: 5 things are wrong with the command line");
  }

  @Test
  void aFolderWithoutAServiceAndAWrongManifestAreUsage() throws Exception {
    assertThat(mf("prove", folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("holds neither manyfactor.yaml nor Procfile");
    err.reset();
    Files.writeString(folder.resolve("manyfactor.yaml"), "name: A\nruntime: java 25\nnmae: b\n");
    assertThat(mf("prove", folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("problems; correct it", "manyfactor.yaml:1:7: name: must be");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aRequirementIsExplained() {
    assertThat(mf("prove", "explain", "09-2")).isZero();
    assertThat(text(out))
        .startsWith("09-2 disposability, factor 9\n")
        .contains("  level      MUST: it decides the exit code\n")
        .contains("  seen by    ", "  evidence   ", "  guard      ", "  mend       ")
        .contains("  read       docs/factors/09-disposability.md#09-2\n");
    assertThat(text(err)).isEmpty();
    out.reset();
    assertThat(mf("prove", "explain", "07-4", "--json")).isZero();
    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.get("level").asString()).isEqualTo("SHOULD");
    assertThat(json.get("checked").asBoolean()).isFalse();
    assertThat(json.get("page").asString()).isEqualTo("docs/factors/07-port-binding.md#07-4");
  }

  @Test
  void anUnknownRequirementIsNotExplained() {
    assertThat(mf("prove", "explain", "9-2")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo(
            "mf: there is no requirement \"9-2\"; did you mean \"09-2\"?; `mf prove list` has them all; see `mf prove explain --help`\n");
    err.reset();
    assertThat(mf("prove", "explain")).isEqualTo(2);
    assertThat(text(err)).isEqualTo("mf: ID must be given; see `mf prove explain --help`\n");
  }

  @Test
  void everyRequirementIsListed() {
    assertThat(mf("prove", "list")).isZero();
    assertThat(text(out))
        .contains("9 disposability\n  09-1       ")
        .contains("  07-4 ◇     (not in this version) ")
        .doesNotContain("\u001b");
    out.reset();
    assertThat(mf("prove", "list", "--json")).isZero();
    assertThat(JsonMapper.shared().readTree(text(out)).size()).isGreaterThan(100);
  }

  private int mf(String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return Mf.commandLine(terminal).execute(arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
