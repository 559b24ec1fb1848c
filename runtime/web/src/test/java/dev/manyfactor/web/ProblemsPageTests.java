package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The reference of problems says what the pages that a service serves say.
///
/// After a change run the test with `-Dwrite.pages=true`, which writes it.
class ProblemsPageTests {
  private static final Path PAGE = Path.of("../../docs/reference/problems.md");
  private static final String START = "<!-- from here on written by ProblemsPageTests -->\n";

  @Test
  void thePageListsEveryProblem() throws IOException {
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + sections();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from Fault.java", PAGE).isEqualTo(actual);
  }

  private static String sections() {
    return Arrays.stream(Fault.values())
        .map(Fault::page)
        .map(page -> "### " + page.title() + "\n" + page.text())
        .collect(Collectors.joining("\n"));
  }
}
