package dev.manyfactor.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.SweepReport;
import dev.manyfactor.chaos.sweep.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Every planted bug, and the two controls: `build/mutants/run` runs it and writes
/// `docs/evidence/sweep-mutants.json`.
class MutantRun {
  private static final Path EVIDENCE = Path.of("../../docs/evidence/sweep-mutants.json");
  private static final String ONLY = System.getProperty("mutant", "");
  private static final int SHOWN = 400;

  private final List<Map<String, Object>> runs = new ArrayList<>();

  @Test
  @Timeout(value = 4, unit = TimeUnit.HOURS)
  void everyPlantedBugIsTold(@TempDir Path folder) throws Exception {
    var untold = new ArrayList<String>();
    for (Mutant mutant : Mutant.values()) {
      if (ONLY.isEmpty() || ONLY.equals(mutant.label())) {
        SweepReport report =
            sweep(folder, mutant.label(), mutant.patches(), mutant.subject(), mutant::isTriedIn);
        if (report.violations().isEmpty()) {
          untold.add(mutant.label());
        }
      }
    }
    if (ONLY.isEmpty()) {
      controls(folder, untold);
      write();
    }
    assertThat(untold).isEmpty();
  }

  /// The cells of all mutants of a subject, without a bug.
  private void controls(Path folder, List<String> untold) throws Exception {
    for (String subject : List.of("createCustomer", "capture")) {
      Predicate<Cell> tried =
          List.of(Mutant.values()).stream()
              .filter(mutant -> mutant.subject().equals(subject))
              .<Predicate<Cell>>map(mutant -> mutant::isTriedIn)
              .reduce(_ -> false, Predicate::or);
      String name = "no bug, " + subject;
      if (!sweep(folder, name, Mutant.control(), subject, tried).isClean()) {
        untold.add(name);
      }
    }
  }

  private SweepReport sweep(
      Path folder, String name, List<String> patches, String subject, Predicate<Cell> wanted)
      throws IOException, InterruptedException {
    System.out.println(name);
    Path own = Files.createDirectory(folder.resolve("run-" + runs.size()));
    SweepReport report = new MutantSweep(own, System.out::println).of(patches, subject, wanted);
    var run = new LinkedHashMap<String, Object>();
    run.put("bug", name);
    run.put("patches", patches);
    run.put("subject", subject);
    run.put("cells_expected", report.expected());
    run.put("cells_run", report.done());
    run.put("violations", report.violations().size());
    run.put("first", report.violations().stream().findFirst().map(MutantRun::shown).orElse(""));
    run.put("seconds", report.took().toSeconds());
    runs.add(run);
    return report;
  }

  private static String shown(SweepReport.Finding finding) {
    String seen =
        finding.verdict() instanceof Verdict.Violated(var what) ? String.join("; ", what) : "";
    String text = finding.cell() + ": " + seen;
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private void write() throws IOException {
    var evidence = new LinkedHashMap<String, Object>();
    evidence.put("name", "sweep-mutants");
    evidence.put("command", "build/mutants/run");
    evidence.put("commit", System.getProperty("on.commit", "not given"));
    evidence.put("measured_at", System.getProperty("on.time", "not given"));
    evidence.put("processors", Runtime.getRuntime().availableProcessors());
    evidence.put("runs", runs);
    Files.writeString(
        EVIDENCE,
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(evidence)
            + "\n");
  }
}
