package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `mf` in a checkout of its own, whose build is a stand-in that brings a small program.
class LauncherTests {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path root;
  private Path jar;

  /// What the stand-in builds: it says with what it was called.
  static final class Told {
    private Told() {}

    public static void main(String[] arguments) {
      System.out.println("told " + List.of(arguments) + " as " + System.getProperty("mf.command"));
      System.exit(arguments.length);
    }
  }

  @BeforeEach
  void lay() throws Exception {
    root = Files.createDirectories(folder.resolve("a checkout"));
    jar = root.resolve("cli/target/mf/mf.jar");
    Files.createDirectories(root.resolve(".mvn"));
    for (String file : List.of("mf", ".mvn/find-jdk.sh")) {
      Files.copy(CHECKOUT.resolve(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (String module : List.of("cli", "formation", "build/parent", "build/bom", ".")) {
      Files.createDirectories(root.resolve(module));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.createDirectories(root.resolve("formation/src/main"));
    pack(root.resolve("ready.jar"));
    build(
        "echo '[INFO] Building Manyfactor: cli 1 [1/1]'; mkdir -p cli/target/mf; cp ready.jar cli/target/mf/mf.jar");
  }

  @Test
  void whatIsNotBuiltIsBuiltWithProgressOnStandardErrorOnly() throws Exception {
    Result first = mf("token", "--tenant", "acme");
    assertThat(first.output()).isEqualTo("told [token, --tenant, acme] as ./mf\n");
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.errors())
        .contains("mf: building the tool")
        .contains("mf: Manyfactor: cli 1 [1/1]");

    Result second = mf();
    assertThat(second.errors()).isEmpty();
    assertThat(second.output()).isEqualTo("told [] as ./mf\n");
  }

  @Test
  void aNewerSourceIsBuiltOnceMore() throws Exception {
    mf();
    Path source = Files.writeString(root.resolve("formation/src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3)));
    assertThat(mf().errors()).contains("mf: building the tool");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(mf().errors()).isEmpty();
  }

  @Test
  void aFailingBuildShowsTheEndOfItsOutputAndStartsNothing() throws Exception {
    build("echo '[ERROR] line 3 is wrong'; exit 1");
    Result result = mf("--version");
    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors())
        .contains("[ERROR] line 3 is wrong")
        .contains("mf: the tool could not be built")
        .contains(".manyfactor/build-mf.log");
    assertThat(root.resolve(".manyfactor/build-mf.lock")).doesNotExist();
  }

  @Test
  void aBuildThatBringsNoProgramIsAnError() throws Exception {
    build("true");
    Result result = mf("--version");
    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.errors()).contains("there is no " + jar);
  }

  @Test
  void itWorksFromAnywhereAndThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("mf-link"), Path.of("a checkout/mf"));
    Result result = run(folder, Map.of(), link.toString(), "up");
    assertThat(result.output()).isEqualTo("told [up] as " + link + "\n");
  }

  @Test
  void theLockOfABuildThatWasKilledHoldsNobodyUp() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(root.resolve(".manyfactor/build-mf.lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    assertThat(mf().output()).startsWith("told");
  }

  @Test
  void whatCannotBeWrittenIsAnError() throws Exception {
    Files.writeString(root.resolve(".manyfactor"), "a file where a folder should be");
    Result result = mf("--version");
    assertThat(result.exitCode()).isEqualTo(74);
    assertThat(result.errors()).contains("cannot write").contains(".manyfactor");
  }

  private record Result(int exitCode, String output, String errors) {}

  private Result mf(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./mf"));
    command.addAll(List.of(arguments));
    return run(root, Map.of(), command.toArray(String[]::new));
  }

  private Result run(Path directory, Map<String, String> environment, String... command)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private void build(String script) throws IOException {
    Path mvnw = root.resolve("mvnw");
    Files.writeString(mvnw, "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n" + script + "\n");
    Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void pack(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Told.class.getName());
    String file = Told.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream program = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = Told.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(code).isNotNull();
      program.putNextEntry(new JarEntry(file));
      code.transferTo(program);
    }
  }
}
