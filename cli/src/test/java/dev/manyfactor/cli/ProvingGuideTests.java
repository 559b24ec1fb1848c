package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide to `mf prove`, followed by somebody who has only what it shows.
///
/// After a rule was added run the test with `-Dwrite.pages=true`: it writes the report.
class ProvingGuideTests {
  private static final Path GUIDE = Path.of("../docs/guides/proving-a-service.md");

  private static final String ROWS = "a row for each factor,";
  private static final String FINDING = "and below it what to do";

  @TempDir Path folder;

  @Test
  void theServiceOfTheGuideGetsTheReportOfTheGuide() throws Exception {
    String guide = Files.readString(GUIDE);
    Path shop = Files.createDirectory(folder.resolve("shop"));
    Files.writeString(shop.resolve("server.js"), block(guide, "js", "Take a service in Node."));
    Files.writeString(shop.resolve("Procfile"), block(guide, "text", "says how it starts:"));
    commit(shop);
    Program mf = new Program(folder);
    if (Boolean.getBoolean("write.pages")) {
      write(guide, whole(mf.start("prove", "--seed", "4711", "shop")));
    }
    Program.Started run = mf.start("prove", "--fast", "shop");
    String report = whole(run);
    assertThat(run.exitCode()).as(report).isEqualTo(1);
    String shown = block(Files.readString(GUIDE), "text", ROWS);
    assertThat(rows(shown)).as("-Dwrite.pages=true writes them").isEqualTo(rows(report));
    assertThat(shown).contains("01-1 FAIL 0/1", "07-1 PASS 1/1");
    assertThat(report).contains(finding(Files.readString(GUIDE)));
  }

  /// What is shown of a finding, without its times: which requirement, and what to do.
  private static List<String> finding(String guide) {
    return block(guide, "text", FINDING)
        .lines()
        .filter(line -> line.startsWith("FAIL ") || line.startsWith("  mend "))
        .toList();
  }

  private static String whole(Program.Started run) throws InterruptedException {
    run.exitCode();
    return run.output() + run.errors();
  }

  private static void write(String guide, String report) throws IOException {
    String rows =
        report.substring(report.indexOf("\n 1 ") + 1, report.indexOf("\noutside of these"));
    String findings = report.substring(report.indexOf("\nFAIL ") + 1);
    String finding =
        findings
            .substring(0, findings.indexOf("\n\n") + 1)
            .replace("reproduce  mf ", "reproduce  manyfactor/mf ");
    Files.writeString(
        GUIDE,
        guide
            .replace(block(guide, "text", ROWS), rows + "\n")
            .replace(block(guide, "text", FINDING), finding));
  }

  /// The rows of the factors: which requirements stand in each. What became of those is a matter of
  /// the machine too: one that is too busy leaves some not proven.
  private static List<String> rows(String page) {
    return page.lines()
        .filter(line -> line.matches("[ 12][0-9] [a-zA-Z].*"))
        .map(line -> line.replaceAll(" [A-Z_]{4,}| \\d+/\\d+", "").replaceAll(" +", " ").strip())
        .toList();
  }

  private static String block(String guide, String language, String before) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(guide.substring(guide.indexOf(before)));
    assertThat(block.find()).as(before).isTrue();
    return block.group(1);
  }

  private static void commit(Path directory) throws Exception {
    String lines =
        "git init -q . && git add -A && git -c user.name=a -c user.email=a@example.com commit -q -m first";
    Process git =
        new ProcessBuilder("sh", "-c", lines)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(git.waitFor())
        .as(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
  }
}
