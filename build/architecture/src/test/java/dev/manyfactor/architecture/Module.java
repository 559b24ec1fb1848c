package dev.manyfactor.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// One module of the root pom.
///
/// @param path its folder, relative to the root, for example `runtime/jobs`
record Module(String path) {
  private static final Map<String, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

  /// The noun that names the module: the last part of its path.
  String noun() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The package that holds the module's public words.
  String rootPackage() {
    return (isExample() ? "dev.manyfactor.examples." : "dev.manyfactor.") + noun();
  }

  boolean isRuntime() {
    return path.startsWith("runtime/");
  }

  boolean isExample() {
    return path.startsWith("examples/");
  }

  /// Whether it is a service that tests are for, built as a user builds one.
  boolean isFixture() {
    return path.startsWith("fixtures/");
  }

  boolean hasSources() {
    return Files.isDirectory(sourceFolder());
  }

  Path folder() {
    return Checkout.ROOT.resolve(path);
  }

  /// What the module's main classes compile from, generated sources left out.
  List<Path> sources() {
    try (Stream<Path> files = Files.walk(sourceFolder())) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The compiled main classes, of which there must be some.
  JavaClasses classes() {
    return IMPORTED.computeIfAbsent(path, module -> importClasses());
  }

  private JavaClasses importClasses() {
    Path compiled = folder().resolve("target/classes");
    JavaClasses classes = new ClassFileImporter().importPath(compiled);
    if (classes.isEmpty()) {
      throw new AssertionError(
          path + " has sources but no classes in " + compiled + "; build it first: ./mvnw verify");
    }
    return classes;
  }

  private Path sourceFolder() {
    return folder().resolve("src/main/java");
  }
}
