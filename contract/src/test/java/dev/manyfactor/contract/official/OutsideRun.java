package dev.manyfactor.contract.official;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generator against documents that no build brings: `build/strangers FOLDER` runs it over a
/// folder with checkouts, and writes what it found into docs/.
class OutsideRun {
  private static final Path CHECKOUTS = Path.of(System.getProperty("checkouts", "no folder given"));
  private static final Path PAGE = Path.of("../docs/reference/strangers.md");

  /// The suite as it is today; the build brings an older one.
  @Test
  void theNewestJsonSchemaSuite(@TempDir Path folder) throws Exception {
    Outside suite = Outside.all("suite", CHECKOUTS).getFirst();
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    SuiteRun.of(Suite.in(suite.checkout()), folder)
        .forEach((group, verdict) -> verdicts.put(group.name(), verdict));
    StatedList list = StatedList.of("json-schema-newest.txt");
    list.writeIfAsked(list.with(verdicts));
    new OutsideEvidence("json-schema-suite")
        .with(suite, Outside.sha256(files(suite.file())))
        .verdicts(verdicts, list.reasons())
        .write();
    assertThat(list.file()).hasContent(list.with(verdicts));
    assertThat(list.reasons().values()).isNotEmpty().doesNotContain(StatedList.NO_REASON);
  }

  /// What the specification's own tests call valid is taken, or refused by name; what they call
  /// invalid is refused.
  @Test
  void theDocumentsOfTheOpenApiSpecification() throws Exception {
    Outside documents = Outside.all("documents", CHECKOUTS).getFirst();
    List<String> lines = new ArrayList<>();
    for (Path file : files(documents.file())) {
      String name = documents.file().relativize(file).toString();
      if (name.endsWith(".yaml")) {
        Trial types = Trial.of(file, Kind.TYPES);
        Trial server = Trial.of(file, Kind.SERVER);
        boolean isInvalid = name.startsWith("fail");
        assertThat(isInvalid && server instanceof Trial.Accepted).as(name).isFalse();
        lines.add(
            "%s %s: types %s; server %s"
                .formatted(name, Outside.sha256(List.of(file)), types.line(), server.line()));
      }
    }
    StatedList list = StatedList.of("openapi-3.1.txt");
    String actual = list.header() + String.join("\n", lines) + "\n";
    list.writeIfAsked(actual);
    assertThat(list.file()).hasContent(actual);
  }

  /// Contracts of public services: code that compiles, or a list of what is not supported.
  @Test
  void theContractsOfStrangers() throws Exception {
    List<Stranger> strangers = new ArrayList<>();
    for (Outside document : Outside.all("contract", CHECKOUTS)) {
      strangers.add(Stranger.read(document));
    }
    new OutsideEvidence("strangers").strangers(strangers).write();
    String page = Files.readString(PAGE);
    String hand = page.substring(0, page.indexOf(StrangersPage.START));
    Files.writeString(PAGE, hand + new StrangersPage(strangers).text());
    assertThat(strangers).hasSizeGreaterThan(10);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
