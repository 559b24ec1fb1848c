package dev.manyfactor.mutants;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// A copy of payments as it was built, with patched classes in its jars.
///
/// Its folder has a manifest of its own, which names no build; the card network is the one that was
/// built here.
final class MutatedPayments {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PATCHES = ROOT.resolve("fixtures/mutants");
  private static final Path PAYMENTS = ROOT.resolve("examples/payments");
  private static final Pattern PATCHED = Pattern.compile("(?m)^\\+\\+\\+ b/(\\S+)$");
  private static final String SOURCES = "src/main/java";

  private final Path service;
  private final Path sources;

  private MutatedPayments(Path folder) {
    this.service = folder.resolve("payments");
    this.sources = folder.resolve("sources");
  }

  /// Makes it.
  ///
  /// @param folder a new one, in no checkout
  /// @param patches the names of what is planted
  /// @return the folder with the manifest
  static Path make(Path folder, List<String> patches) throws IOException, InterruptedException {
    var mutated = new MutatedPayments(folder);
    mutated.copyService();
    for (String patch : patches) {
      mutated.apply(PATCHES.resolve(patch + ".patch"));
    }
    mutated.compile();
    return mutated.service;
  }

  private void copyService() throws IOException {
    copy(PAYMENTS.resolve("src/main/contract"), service.resolve("src/main/contract"));
    copy(PAYMENTS.resolve("target/payments"), service.resolve("target/payments"));
    Files.delete(service.resolve("target/payments/payments.jsa")); // of the classes as they were
    String manifest = Files.readString(PAYMENTS.resolve("manyfactor.yaml"));
    String moved =
        manifest
            .replaceFirst("(?m)^  command: \\.\\./.*$", "  command: \"true\"")
            .replaceFirst("(?m)^  inputs: .*$", "  inputs: [src]")
            .replace("path: ../cards", "path: " + ROOT.resolve("examples/cards"));
    Files.writeString(service.resolve("manyfactor.yaml"), moved);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void apply(Path patch) throws IOException, InterruptedException {
    for (String file : patched(patch)) {
      Path source = sources.resolve(file);
      if (!Files.exists(source)) {
        Files.createDirectories(source.getParent());
        Files.copy(ROOT.resolve(file), source);
      }
    }
    Process git =
        new ProcessBuilder("git", "apply", "--recount", patch.toString())
            .directory(sources.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IllegalStateException(
          patch.getFileName() + " fits no longer; make it anew for the code as it is: " + said);
    }
  }

  private static List<String> patched(Path patch) throws IOException {
    return PATCHED.matcher(Files.readString(patch)).results().map(each -> each.group(1)).toList();
  }

  /// Compiles what was patched against the rest, module by module.
  private void compile() throws IOException {
    Map<String, Path> jars =
        Map.of(
            "runtime/idempotency", jar("manyfactor-idempotency"),
            "runtime/jobs", jar("manyfactor-jobs"),
            "examples/payments", service.resolve("target/payments/payments.jar"));
    for (Map.Entry<String, Path> module : jars.entrySet()) {
      Path patched = sources.resolve(module.getKey()).resolve(SOURCES);
      if (Files.isDirectory(patched)) {
        replace(module.getValue(), compiled(patched));
      }
    }
  }

  private Path jar(String name) throws IOException {
    try (Stream<Path> files = Files.list(service.resolve("target/payments/lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Path compiled(Path patched) throws IOException {
    Path classes = Files.createTempDirectory(sources, "classes");
    var arguments = new ArrayList<String>(List.of("-proc:none", "-parameters", "-g", "-nowarn"));
    arguments.addAll(List.of("-d", classes.toString(), "-cp", classPath()));
    try (Stream<Path> files = Files.walk(patched)) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("the patched classes of " + patched + " do not compile");
    }
    return classes;
  }

  private String classPath() {
    Path artifact = service.resolve("target/payments");
    return artifact.resolve("payments.jar") + ":" + artifact.resolve("lib") + "/*";
  }

  private static void replace(Path jar, Path classes) throws IOException {
    try (var inside = FileSystems.newFileSystem(jar);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = inside.getPath("/" + classes.relativize(file));
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
