package dev.manyfactor.prover;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Verdict;
import dev.manyfactor.prover.page.HtmlPage;
import dev.manyfactor.prover.page.JsonPage;
import dev.manyfactor.prover.page.Paint;
import dev.manyfactor.prover.page.TerminalPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of reports that real runs have made.
class RealReportsTests {
  @TempDir Path folder;

  @BeforeEach
  void letOtherUsersRead() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aServiceThatServes() throws Exception {
    Report report = report("web: exec /usr/bin/python3 -m http.server $PORT --bind 127.0.0.1\n");
    assertThat(report.results()).hasSameSizeAs(Prover.rules());
    assertThat(report.counts().get(Verdict.PASS)).isGreaterThan(2);
    assertThat(report.counts().get(Verdict.ERROR)).isZero();
    assertWritten(report);
  }

  @Test
  void aServiceThatEndsAtOnceWithHostileWords() throws Exception {
    Report report = report("web: printf '\\033[2J<script>\\200\\377'; exit 3 # $PORT\n");
    assertThat(report.counts().get(Verdict.PASS)).isZero();
    assertThat(report.exitCode()).isIn(1, 3);
    assertWritten(report);
  }

  private static void assertWritten(Report report) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonPage.schema(), InputFormat.JSON)
                .validate(JsonPage.of(report), InputFormat.JSON))
        .isEmpty();
    assertThat(new TerminalPage(TerminalPage.USUAL, Paint.NONE).of(report))
        .contains("= %d requirements\n".formatted(report.results().size()))
        .contains("exit code %d: ".formatted(report.exitCode()))
        .doesNotContain("\u001b");
    assertThat(HtmlPage.of(report)).endsWith("</html>\n").doesNotContain("<script", "\u001b");
  }

  private Report report(String procfile) throws Exception {
    Files.writeString(folder.resolve("Procfile"), procfile);
    ProverSettings settings =
        new ProverSettings(folder, Choice.all(), true, 42, Duration.ofMinutes(5), List.of());
    return new Prover(settings, Surroundings.ofProcess(), _ -> {}).prove();
  }
}
