package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyPageTests {
  private static final String PAGE = "docs/reference/dependencies.md";
  private static final Path SERVICE =
      Checkout.ROOT.resolve("examples/payments/target/payments/lib");

  @TempDir private Path folder;

  @Test
  void thePageIsWhatAServiceCarries() throws IOException {
    String page = Checkout.text(PAGE);
    String actual = DependencyPage.of(new Closure(SERVICE).jars(), DependencyPage.reasons(page));
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(Checkout.ROOT.resolve(PAGE), actual);
    }
    assertThat(Checkout.text(PAGE))
        .as("%s differs from the built service; run build/dependencies", PAGE)
        .isEqualTo(actual);
  }

  @Test
  void everyLibraryHasAReason() {
    Map<String, String> reasons = DependencyPage.reasons(Checkout.text(PAGE));
    assertThat(reasons).hasSizeGreaterThan(20).doesNotContainValue(DependencyPage.NO_REASON);
  }

  @Test
  void aNewLibraryAsksForAReasonAndAKnownOneKeepsIts() throws IOException {
    Files.write(folder.resolve("known-1.0.jar"), new byte[12_345]);
    Files.write(folder.resolve("new-lib-2.0.1.jar"), new byte[1]);
    String page =
        DependencyPage.of(List.copyOf(new Closure(folder).jars()), Map.of("known", "it is needed"));
    assertThat(page)
        .contains("| `known` | 1.0 | 13 kB | it is needed |", "| `new-lib` | 2.0.1 | 1 kB | ? |");
    assertThat(DependencyPage.reasons(page)).containsEntry("known", "it is needed");
  }
}
