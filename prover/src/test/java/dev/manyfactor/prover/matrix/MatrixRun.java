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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Every good service and every broken one against every requirement: `build/matrix` runs it and
/// writes what it found into docs/.
class MatrixRun {
  static final Path PAGE = Path.of("../docs/reference/confusion-matrix.md");
  private static final Path EVIDENCE = Path.of("../docs/evidence/confusion-matrix.json");
  private static final long SEED = Long.getLong("seed", 42);
  private static final boolean FAST = Boolean.getBoolean("fast");
  private static final Choice ASKED =
      Optional.ofNullable(System.getProperty("only"))
          .map(ids -> new Choice(Set.of(), Set.of(ids.split(","))))
          .orElse(Choice.all());
  private static final String CHOSEN = System.getProperty("broken", "");

  @Test
  void whatIsBrokenIsFoundAndNothingElse() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String service : List.of("node", "python")) {
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
    if (CHOSEN.isEmpty()) {
      write(rows);
    }
    assertThat(rows).flatExtracting(Row::surprises).isEmpty();
  }

  private static boolean isChosen(String broken) {
    return CHOSEN.isEmpty() || List.of(CHOSEN.split(",")).contains(broken);
  }

  private static Row row(Specimen specimen, String broken) throws InterruptedException {
    Row row = Row.of(specimen.service(), broken, specimen.proven(ASKED, FAST, SEED));
    System.out.println(row);
    return row;
  }

  private static void write(List<Row> rows) throws IOException {
    String page = Files.readString(PAGE);
    String hand = page.substring(0, page.indexOf(MatrixPage.PATCHES));
    Files.writeString(PAGE, hand + MatrixPage.patches() + MatrixPage.cells(rows));
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("name", "confusion-matrix");
    evidence.put("command", "build/matrix");
    evidence.put("commit", System.getProperty("on.commit", "not given"));
    evidence.put("measured_at", System.getProperty("on.time", "not given"));
    evidence.put("seed", SEED);
    evidence.put("fast", FAST);
    evidence.put("cells_expected", (Breakage.all().size() + 2) * Prover.rules().size());
    evidence.put("cells_run", rows.stream().mapToInt(row -> row.verdicts().size()).sum());
    evidence.put("surprises", rows.stream().flatMap(row -> row.surprises().stream()).toList());
    evidence.put("rows", rows);
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(EVIDENCE, json.writeValueAsString(evidence) + "\n");
  }
}
