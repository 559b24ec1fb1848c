package dev.manyfactor.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.factors.Level;
import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.trial.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of `mf prove` says which requirements this version checks.
///
/// After a change run the test with `-Dwrite.pages=true`: it writes everything below the mark.
class ProveReferenceTests {
  private static final Path PAGE = Path.of("../docs/reference/prove.md");
  private static final String START = "<!-- from here on written by ProveReferenceTests -->\n";

  @Test
  void thePageHasEveryRequirementThatIsChecked() throws Exception {
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + table();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from the rules", PAGE).isEqualTo(actual);
  }

  private static String table() {
    List<Rule> rules = Prover.rules();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "",
            "## Requirements of this version",
            "%d of %d. A service that does not become ready is asked only those marked *also unready*; *measured* means that nothing else runs beside it."
                .formatted(rules.size(), Requirement.all().size()),
            "",
            "| | requirement | controls | |",
            "| --- | --- | --- | --- |"));
    rules.forEach(rule -> lines.add(row(rule)));
    return String.join("\n", lines) + "\n";
  }

  private static String row(Rule rule) {
    Requirement requirement = Requirement.of(rule.requirement()).orElseThrow();
    List<String> notes = new ArrayList<>();
    if (requirement.level() == Level.SHOULD) {
      notes.add("◇");
    }
    if (!rule.needsBaseline()) {
      notes.add("also unready");
    }
    if (rule.isMeasurement()) {
      notes.add("measured");
    }
    String controls =
        rule.controls().stream().sorted().map(Control::id).collect(Collectors.joining(" "));
    return "| [%s](../%s) | %s | %s | %s |"
        .formatted(
            requirement.id(),
            requirement.page().replaceFirst("^docs/", ""),
            requirement.sentence().replace("|", "\\|"),
            controls,
            String.join(", ", notes));
  }
}
