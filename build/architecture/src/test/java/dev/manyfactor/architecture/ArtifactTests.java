package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `manyfactor-service-parent` makes of a service, shown on the examples.
class ArtifactTests {
  static Stream<Module> examples() {
    return Checkout.examples().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theFolderHoldsTheJarAndExactlyTheLibrariesItNames(Module example) throws IOException {
    try (JarFile jar = jar(example)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).startsWith(example.rootPackage() + ".");
      List<String> named = Arrays.asList(manifest.getValue("Class-Path").split(" "));
      try (Stream<Path> files = Files.list(folder(example).resolve("lib"))) {
        assertThat(files.map(file -> "lib/" + file.getFileName()))
            .containsExactlyInAnyOrderElementsOf(named);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theJarNamesItsCommit(Module example) throws IOException {
    try (JarFile jar = jar(example);
        InputStream file =
            jar.getInputStream(jar.getJarEntry("META-INF/manyfactor/build.properties"))) {
      var build = new Properties();
      build.load(file);
      assertThat(Checkout.latestCommits()).contains(build.getProperty("git.commit.id"));
      assertThat(build.getProperty("git.dirty")).isIn("true", "false");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noEntryOfTheJarSaysWhenItWasBuilt(Module example) throws IOException {
    try (JarFile jar = jar(example)) {
      assertThat(jar.stream().map(JarEntry::getTimeLocal).distinct()).hasSize(1);
    }
  }

  private static JarFile jar(Module example) throws IOException {
    return new JarFile(folder(example).resolve(example.noun() + ".jar").toFile());
  }

  private static Path folder(Module example) {
    return example.folder().resolve("target").resolve(example.noun());
  }
}
