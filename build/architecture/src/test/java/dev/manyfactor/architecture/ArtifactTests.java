package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
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

  /// A JVM that finds its classes in the archive has checked that it is of these jars.
  @ParameterizedTest
  @MethodSource("examples")
  void theArchiveOfClassesIsOfTheseJars(Module example, @TempDir Path scratch) throws Exception {
    Path loaded = scratch.resolve("loaded.txt");
    String artifact = "target/" + example.noun() + "/" + example.noun();
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + artifact + ".jsa",
                "-Xlog:disable",
                "-Xlog:class+load:file=" + loaded,
                "-jar",
                artifact + ".jar",
                "info")
            .directory(example.folder().toFile())
            .redirectOutput(scratch.resolve("output.txt").toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isZero();
    assertThat(Files.readString(loaded))
        .containsPattern(
            "dev\\.manyfactor\\.service\\.Launch source: shared objects file \\(top\\)");
  }

  private static JarFile jar(Module example) throws IOException {
    return new JarFile(folder(example).resolve(example.noun() + ".jar").toFile());
  }

  private static Path folder(Module example) {
    return example.folder().resolve("target").resolve(example.noun());
  }
}
