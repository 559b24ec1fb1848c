package dev.manyfactor.prover.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.Prover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Every good service and every broken one against every requirement: `build/matrix` runs it and
/// writes what it found into docs/.
class MatrixRun {
  static final Path PAGE = Path.of("../docs/reference/confusion-matrix.md");
  private static final Path EVIDENCE = Path.of("../docs/evidence/confusion-matrix.json");
  private static final List<String> SERVICES = List.of("node", "python");
  private static final long SEED = Long.getLong("seed", 42);
  private static final boolean FAST = Boolean.getBoolean("fast");
  private static final String ONLY = System.getProperty("only", "");
  private static final Choice ASKED =
      ONLY.isEmpty() ? Choice.all() : new Choice(Set.of(), Set.of(ONLY.split(",", -1)));
  private static final String CHOSEN = System.getProperty("broken", "");

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void whatIsBrokenIsFoundAndNothingElse() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String service : SERVICES) {
      if (isChosen(Row.NONE)) {
        try (Specimen specimen = Specimen.good(service)) {
          rows.add(row(specimen, Row.NONE));
        }
      }
    }
    for (Breakage breakage : Breakage.all()) {
      if (isChosen(breakage.requirement())) {
        try (Specimen specimen = Specimen.broken(breakage)) {
          rows.add(row(specimen, breakage.requirement()));
        }
      }
    }
    if (CHOSEN.isEmpty() && ONLY.isEmpty()) {
      write(rows);
    }
    assertThat(rows).flatExtracting(Row::surprises).isEmpty();
  }

  private static boolean isChosen(String broken) {
    return CHOSEN.isEmpty() || List.of(CHOSEN.split(",", -1)).contains(broken);
  }

  private static Row row(Specimen specimen, String broken) throws InterruptedException {
    Row row = Row.of(specimen.service(), broken, specimen.proven(ASKED, FAST, SEED));
    System.out.println(row);
    return row;
  }

  private static void write(List<Row> rows) throws IOException {
    String commit = System.getProperty("on.commit", "not given");
    int expected = (Breakage.all().size() + SERVICES.size()) * Prover.rules().size();
    int run = rows.stream().mapToInt(row -> row.verdicts().size()).sum();
    List<String> surprises = rows.stream().flatMap(row -> row.surprises().stream()).toList();
    String how =
        "Commit `%.12s`, seed %d, %s: %d cells expected, %d run, %d not as they should be."
            .formatted(
                commit,
                SEED,
                FAST ? "with `--fast`" : "every trial",
                expected,
                run,
                surprises.size());
    String page = Files.readString(PAGE);
    String hand = page.substring(0, page.indexOf(MatrixPage.PATCHES));
    Files.writeString(PAGE, hand + MatrixPage.patches() + MatrixPage.cells(rows, how));
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("name", "confusion-matrix");
    evidence.put("command", FAST ? "build/matrix -Dfast=true" : "build/matrix");
    evidence.put("commit", commit);
    evidence.put("measured_at", System.getProperty("on.time", "not given"));
    evidence.put("seed", SEED);
    evidence.put("cells_expected", expected);
    evidence.put("cells_run", run);
    evidence.put("surprises", surprises);
    evidence.put("rows", rows);
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(EVIDENCE, json.writeValueAsString(evidence) + "\n");
  }
}
