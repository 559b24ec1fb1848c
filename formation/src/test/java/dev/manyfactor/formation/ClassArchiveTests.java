package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A jar of one class, its archive, and the JVM that these tests run on.
class ClassArchiveTests {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String FROM_ARCHIVE = "Said source: shared objects file (top)";

  @TempDir private Path folder;
  private Path archive;
  private Command command;

  @BeforeEach
  void aBuildMakesAJar() throws IOException {
    archive = folder.resolve("target/said.jsa");
    command =
        new Command(
            "java -jar target/said.jar web",
            Optional.of(new ClassArchive(folder, "target/said.jsa")));
    jar("one", BUILT);
  }

  @Test
  void aStartThatFindsAnArchiveTakesItsClassesFromThere() throws Exception {
    train();
    Ended ended = run(command.words());
    assertThat(ended).isEqualTo(new Ended("one", ""));
    assertThat(loaded()).contains(FROM_ARCHIVE);
  }

  /// Told of a file that is not there, the JVM would do without the archive of its own classes.
  @Test
  void withoutAnArchiveTheJvmIsNotToldOfOne() throws Exception {
    assertThat(command.words()).containsExactly("java", "-jar", "target/said.jar", "web");
    train();
    assertThat(command.words()).hasSize(7).endsWith("-jar", "target/said.jar", "web");
    assertThat(command.line()).isEqualTo("java -jar target/said.jar web");
  }

  @Test
  void aBriefStartCompilesOnlyALittleWithAnArchiveOrWithout() throws Exception {
    String little = "-XX:TieredStopAtLevel=1";
    assertThat(command.briefly().words())
        .containsExactly("java", little, "-jar", "target/said.jar", "web");
    train();
    assertThat(command.briefly().followedBy("--port 0").words())
        .hasSize(10)
        .contains(little)
        .endsWith("-jar", "target/said.jar", "web", "--port", "0");
    assertThat(run(command.briefly().words())).isEqualTo(new Ended("one", ""));
    assertThat(new Command("java -jar own.jar").briefly().words())
        .containsExactly("java", "-jar", "own.jar");
  }

  @Test
  void aCommandThatNeedsAShellHasNoArchive() throws Exception {
    train();
    var quoted = new Command("java -jar 'target/a b.jar' web", command.archive());
    assertThat(quoted.words()).containsExactly("sh", "-c", "java -jar 'target/a b.jar' web");
  }

  @Test
  void aJarThatHasChangedSinceIsNoticed() throws Exception {
    train();
    long size = Files.size(folder.resolve("target/said.jar"));
    jar("two", BUILT.plusSeconds(1));
    assertThat(Files.size(folder.resolve("target/said.jar"))).isEqualTo(size);

    assertThat(run(command.words())).isEqualTo(new Ended("two", ""));
    assertThat(loaded()).doesNotContain(FROM_ARCHIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "cut", "cut in its head", "of something else"})
  void anArchiveThatIsNoneStopsNothingAndPrintsNothing(String fault) throws Exception {
    train();
    byte[] whole = Files.readAllBytes(archive);
    Files.write(
        archive,
        switch (fault) {
          case "empty" -> new byte[0];
          case "cut" -> Arrays.copyOf(whole, whole.length / 2);
          case "cut in its head" -> Arrays.copyOf(whole, 5);
          case "of something else" ->
              "not an archive\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
          default -> throw new IllegalArgumentException(fault);
        });

    assertThat(run(command.words())).isEqualTo(new Ended("one", ""));
    assertThat(loaded()).doesNotContain(FROM_ARCHIVE);
  }

  private record Ended(String output, String errors) {}

  private void train() throws Exception {
    var words =
        List.of(
            "java",
            "-XX:ArchiveClassesAtExit=" + archive,
            "-Xlog:disable",
            "-jar",
            folder.resolve("target/said.jar").toString());
    assertThat(run(words)).isEqualTo(new Ended("one", ""));
    assertThat(archive).exists();
  }

  private Ended run(List<String> words) throws Exception {
    List<String> whole = new ArrayList<>(words);
    whole.set(0, JAVA.toString());
    whole.add(whole.indexOf("-jar"), "-Xlog:class+load:file=loaded.txt");
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new Ended(Files.readString(output).strip(), Files.readString(errors).strip());
  }

  private String loaded() throws IOException {
    return Files.readString(folder.resolve("loaded.txt"));
  }

  private void jar(String word, Instant built) throws IOException {
    Path jar = folder.resolve("target/said.jar");
    Files.createDirectories(jar.getParent());
    var manifest = new java.util.jar.Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Said");
    try (OutputStream out = Files.newOutputStream(jar);
        var entries = new JarOutputStream(out, manifest)) {
      entries.setLevel(Deflater.NO_COMPRESSION); // so that the size stays, whatever the word
      entries.putNextEntry(new JarEntry("Said.class"));
      entries.write(program(word));
    }
    Files.setLastModifiedTime(jar, FileTime.from(built));
  }

  /// A class `Said` whose `main` prints one word.
  private static byte[] program(String word) {
    ClassDesc stream = ClassDesc.of("java.io.PrintStream");
    return ClassFile.of()
        .build(
            ClassDesc.of("Said"),
            type ->
                type.withMethodBody(
                    "main",
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String.arrayType()),
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code ->
                        code.getstatic(ClassDesc.of("java.lang.System"), "out", stream)
                            .ldc(word)
                            .invokevirtual(
                                stream,
                                "println",
                                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                            .return_()));
  }
}
