package dev.manyfactor.contract.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official test suite of JSON Schema 2020-12, against a list of what becomes of each group.
///
/// After a change run the class with `-Dwrite.pages=true`, read the difference of the list, and
/// write a reason where it has a `?`.
class JsonSchemaSuiteTests {
  private static final Path PAGE = Path.of("../docs/reference/conformance.md");
  private static final StatedList LIST = StatedList.of("json-schema-2020-12.txt");

  @TempDir static Path folder;
  private static Map<String, Verdict> verdicts;

  @BeforeAll
  static void run() throws Exception {
    verdicts = new LinkedHashMap<>();
    SuiteRun.of(Suite.packaged(), folder)
        .forEach((group, verdict) -> verdicts.put(group.name(), verdict));
  }

  @Test
  void whatBecomesOfEachGroupIsWhatTheListSays() throws IOException {
    String actual = LIST.with(verdicts);
    LIST.writeIfAsked(actual);
    assertThat(LIST.file()).hasContent(actual);
  }

  @Test
  void eachDifferenceHasAReason() throws IOException {
    assertThat(LIST.reasons().values()).isNotEmpty().doesNotContain(StatedList.NO_REASON);
  }

  @Test
  void aRefusalSaysWhatIsNotSupported() {
    List<Verdict.Refused> refused =
        verdicts.values().stream()
            .filter(Verdict.Refused.class::isInstance)
            .map(Verdict.Refused.class::cast)
            .toList();
    assertThat(refused).hasSizeGreaterThan(100);
    assertThat(refused).allSatisfy(verdict -> assertThat(verdict.kinds()).isNotEmpty());
  }

  @Test
  void thePageAddsUpTheList() throws IOException {
    String page = Files.readString(PAGE);
    String actual =
        page.substring(0, page.indexOf(ConformancePage.START))
            + new ConformancePage(verdicts, LIST.reasons()).text();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(PAGE).hasContent(actual);
  }
}
