package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTests {
  @TempDir private Path tree;

  @Test
  void everyLinkAndPathInTheDocumentsLeadsSomewhere() {
    assertThat(documents()).flatMap(Document::brokenPaths).isEmpty();
  }

  @Test
  void everyCommandInTheDocumentsCanRun() {
    assertThat(documents()).flatMap(Document::brokenCommands).isEmpty();
  }

  @Test
  void theDocumentsOfAProjectAreThere() {
    assertThat(documents())
        .extracting(Document::path)
        .contains(
            "README.md",
            "AGENTS.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "docs/decisions/README.md");
  }

  @Test
  void aBrokenLinkOrPathIsFound() throws IOException {
    Files.createDirectories(tree.resolve("docs"));
    var text =
        """
        # A page
        [fine](docs) [here](#a-page) [elsewhere](https://example.com) [gone](gone.md) [no such](#part)
        `docs/` is fine, `docs/gone.md` is not, `docs/<name>.md` and `a/b` are no paths of the tree.
        """;
    Files.writeString(tree.resolve("page.md"), text);
    assertThat(new Document("page.md", text, tree).brokenPaths())
        .containsExactly("page.md: gone.md", "page.md: #part", "page.md: docs/gone.md");
  }

  @Test
  void aCommandThatCannotRunIsFound() throws IOException {
    Files.createFile(tree.resolve("mvnw"));
    assertThat(tree.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    var text =
        """
        ```sh
        FAST=1 ./mvnw verify   # fine
        ../manyfactor/mvnw verify
        manyfactor/gone
        ./mvnw -pl gone verify
        git status && ./gone
        ID=$(curl -s localhost \\
          | sed s/a/b/)
        frobnicate
        ```
        """;
    assertThat(new Document("page.md", text, tree).brokenCommands())
        .containsExactly(
            "page.md: manyfactor/gone",
            "page.md: ./mvnw -pl gone verify",
            "page.md: git status && ./gone",
            "page.md: frobnicate");
  }

  private static List<Document> documents() {
    return Checkout.files().stream()
        .filter(file -> file.endsWith(".md"))
        .map(Document::of)
        .toList();
  }
}
