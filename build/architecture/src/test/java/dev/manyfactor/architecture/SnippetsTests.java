package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnippetsTests {
  /// The snippets of these pages are run, by a test of the module that it is about and by the
  /// journey.
  private static final Set<String> RUN_ELSEWHERE =
      Set.of("docs/guides/configuration.md", "docs/guides/first-service.md");

  @Test
  void everySnippetOfTheReadmeAndTheGuidesIsTakenFromTheFileNamedBeforeIt() {
    List<Snippet> snippets =
        Checkout.files().stream()
            .filter(file -> file.equals("README.md") || file.startsWith("docs/guides/"))
            .filter(file -> !RUN_ELSEWHERE.contains(file))
            .flatMap(file -> Snippet.of(file, Checkout.text(file)).stream())
            .toList();
    assertThat(snippets)
        .hasSizeGreaterThan(5)
        .allMatch(snippet -> snippet.source().isPresent())
        .allMatch(SnippetsTests::isTaken);
  }

  private static boolean isTaken(Snippet snippet) {
    Path page = Checkout.ROOT.resolve(snippet.page());
    Path source = page.resolveSibling(snippet.source().orElseThrow()).normalize();
    return Files.isRegularFile(source)
        && snippet.isIn(Checkout.text(Checkout.ROOT.relativize(source).toString()));
  }

  @Test
  void aSnippetNamesItsSourceInTheParagraphBeforeIt() {
    var page =
        """
        [elsewhere](Other.java)

        From [here](A.java) and [there](B.java):

        ```java
        int a;
        ```

        No link:

        ```sql
        select
        ```
        """;
    assertThat(Snippet.of("page.md", page))
        .containsExactly(
            new Snippet("page.md", Optional.of("B.java"), List.of("int a;")),
            new Snippet("page.md", Optional.empty(), List.of("select")));
  }

  @Test
  void whatIsNotInTheSourceIsFound() {
    String source = "class A {\n  int a;\n  int b;\n  int c;\n}\n";
    assertThat(snippet("int a;", "int b;").isIn(source)).isTrue();
    assertThat(snippet("class A {", "…", "int c;").isIn(source)).isTrue();
    assertThat(snippet("int a;", "int c;").isIn(source)).isFalse();
    assertThat(snippet("int c;", "…", "int a;").isIn(source)).isFalse();
    assertThat(snippet("int").isIn(source)).isFalse();
  }

  private static Snippet snippet(String... lines) {
    return new Snippet("page.md", Optional.empty(), List.of(lines));
  }
}
