package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosureTests {
  @TempDir private Path folder;

  @Test
  void aServiceWithADatabaseStaysLight() {
    assertThat(Checkout.examples())
        .isNotEmpty()
        .allSatisfy(example -> {
          Path lib = example.folder().resolve("target").resolve(example.noun()).resolve("lib");
          assertThat(lib).isDirectoryContaining("glob:**/manyfactor-service-*.jar");
          assertThat(new Closure(lib).tooHeavy()).isEmpty();
        });
  }

  @Test
  void aJarTooManyIsFound() throws IOException {
    for (int jar = 0; jar < Closure.MOST_JARS; jar++) {
      Files.createFile(folder.resolve(jar + ".jar"));
    }
    assertThat(new Closure(folder).tooHeavy()).isEmpty();
    Files.createFile(folder.resolve("one-more.jar"));
    assertThat(new Closure(folder).tooHeavy())
        .hasValueSatisfying(found -> assertThat(found).contains("46 jars"));
  }

  @Test
  void aHeavyJarIsFoundAndNamed() throws IOException {
    try (var jar = new RandomAccessFile(folder.resolve("heavy.jar").toFile(), "rw")) {
      jar.setLength(Closure.MOST_BYTES + 1);
    }
    assertThat(new Closure(folder).tooHeavy())
        .hasValueSatisfying(found -> assertThat(found).contains("20.0 MB heavy.jar"));
  }

  @Test
  void anEmptyFolderIsNoService() {
    assertThat(new Closure(folder).tooHeavy()).isPresent();
  }
}
