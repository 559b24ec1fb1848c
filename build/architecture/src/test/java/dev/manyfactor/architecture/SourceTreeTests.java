package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTreeTests {
  private static final List<String> FILES = Checkout.files();

  @Test
  void thereIsATreeToRead() {
    assertThat(FILES).hasSizeGreaterThan(50).contains("pom.xml", "mvnw", "LICENSE");
  }

  @Test
  void noFileNamesAMachinesFolderOrARegistrysHost() {
    assertThat(FILES).flatMap(file -> SourceTree.foreignNames(file, Checkout.text(file))).isEmpty();
  }

  @Test
  void noJavaFileIsLongerThanAStory() {
    assertThat(FILES).filteredOn(file -> SourceTree.isTooLong(file, Checkout.text(file))).isEmpty();
  }

  @Test
  void aForeignNameIsFoundWithItsLine() {
    String registry = String.join(".", "repo", "maven", "apache", "org");
    String folder = String.join("/", "", "root", ".m2");
    assertThat(SourceTree.foreignNames("planted", "fine\nhttps://" + registry + "\n" + folder))
        .containsExactly("planted:2 https://" + registry, "planted:3 " + folder);
  }

  @Test
  void aLongFileIsFound() {
    assertThat(SourceTree.isTooLong("Planted.java", "\n".repeat(SourceTree.MOST_LINES))).isFalse();
    assertThat(SourceTree.isTooLong("Planted.java", "\n".repeat(SourceTree.MOST_LINES + 1)))
        .isTrue();
  }
}
