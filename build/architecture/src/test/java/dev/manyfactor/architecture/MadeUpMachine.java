package dev.manyfactor.architecture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A folder that stands for a machine: a copy of the wrapper, a home, and programs of its own that
/// come before the usual ones. No JDK but those it is given, and nothing that can download.
///
/// @param folder where everything of it is
record MadeUpMachine(Path folder) {
  static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

  /// What a command printed, both streams, and how it ended.
  record Ran(int exit, String output) {}

  static MadeUpMachine in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".mvn/wrapper"));
    for (String file : List.of("mvnw", ".mvn/prelude.sh", PROPERTIES)) {
      Files.copy(Checkout.ROOT.resolve(file), folder.resolve(file));
    }
    var search =
        Checkout.text(".mvn/find-jdk.sh")
            .replace("/usr/lib/jvm", "/nowhere")
            .replace(" /opt", " /nowhere");
    Files.writeString(folder.resolve(".mvn/find-jdk.sh"), search);
    var machine = new MadeUpMachine(folder);
    machine.program("curl", "exit 6");
    machine.program("wget", "exit 4");
    return machine;
  }

  Ran run(Map<String, String> environment, String command) {
    var process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    process.environment().clear();
    process.environment().put("HOME", folder.resolve("home").toString());
    process.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    process.environment().putAll(environment);
    try {
      Process started = process.start();
      String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!started.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError(command + " does not end");
      }
      return new Ran(started.exitValue(), output.strip());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void program(String name, String script) throws IOException {
    executable(folder.resolve("bin").resolve(name), script);
  }

  /// A folder that looks like a JDK of that version.
  Path jdk(String place, String version) throws IOException {
    Path home = folder.resolve(place);
    executable(home.resolve("bin/javac"), "exit 0");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /// A Maven distribution whose `mvn` is a script.
  Path distribution(String script) throws IOException {
    Path zip = folder.resolve("brought.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        var entries = new ZipOutputStream(file)) {
      entries.putNextEntry(new ZipEntry("apache-maven-3.9.16/bin/mvn"));
      entries.write(("#!/bin/sh\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return zip;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }
}
