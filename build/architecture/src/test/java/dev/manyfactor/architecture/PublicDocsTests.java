package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicDocsTests {
  @Test
  void everyPublicTypeAndMethodIsDocumented() {
    List<Path> sources =
        Checkout.modules().stream().flatMap(module -> module.sources().stream()).toList();
    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(PublicDocs.undocumented(PublicDocs.files(sources))).isEmpty();
  }

  @Test
  void whatHasNoCommentIsFound() {
    var source =
        """
        package planted;
        public final class Planted {
          /// Documented.
          public void documented() {}
          public void bare() {}
          @Override public String toString() { return ""; }
          void internal() {}
          public interface Nested { int alsoBare(); }
          /// Documented.
          public record Point(int x) { public Point {} }
          public static void main(String[] arguments) {}
          private record Hidden() { public void unseen() {} }
        }
        """;
    assertThat(PublicDocs.undocumented(List.of(PublicDocs.file("Planted.java", source))))
        .containsExactly(
            "Planted.java:2 Planted",
            "Planted.java:5 Planted.bare",
            "Planted.java:8 Nested",
            "Planted.java:8 Nested.alsoBare");
  }

  @Test
  void whatIsNotPublicIsNobodyElsesBusiness() {
    var source = "package planted; final class Planted { public void unseen() {} }";
    assertThat(PublicDocs.undocumented(List.of(PublicDocs.file("Planted.java", source)))).isEmpty();
  }
}
