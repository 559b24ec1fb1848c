package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.ProverSettings;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A service of one script and a manifest that the real prover proves, in a folder of its own:
/// [#good()] survives, and each change of a line makes another service of it.
///
/// ```java
/// Outcome outcome = TinyService.good().changed("os.environ[\"PORT\"]", "8080").outcome("07-1");
/// ```
///
/// @param files their texts, by their names
record TinyService(Map<String, String> files) {
  private static final String SCRIPT = "service.py";
  private static final String MANIFEST = "manyfactor.yaml";

  TinyService {
    files = Map.copyOf(files);
  }

  /// `service.py` and `manyfactor.yaml` as they lie beside this class.
  static TinyService good() {
    return new TinyService(Map.of(SCRIPT, resource(SCRIPT), MANIFEST, resource(MANIFEST)));
  }

  /// One that answers every path, and is stopped in order; `draining.py` is its script.
  static TinyService draining() {
    return good().with(SCRIPT, resource("draining.py"));
  }

  /// One with sessions, `sessions.py`, and this manifest.
  static TinyService sessions(String manifest) {
    return new TinyService(Map.of(SCRIPT, resource("sessions.py"), MANIFEST, manifest));
  }

  /// One that keeps its notes in PostgreSQL, with a migration that gives way to another; `table.py`
  /// and `migrate.py`.
  static TinyService withTable() {
    return new TinyService(
        Map.of(
            SCRIPT,
            resource("table.py"),
            "migrate.py",
            resource("migrate.py"),
            MANIFEST,
            resource("table.yaml")));
  }

  /// A file that lies beside this class.
  static String resource(String name) {
    try (InputStream text = TinyService.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalArgumentException("there is no " + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// With another text in its script, which must have been there.
  TinyService changed(String from, String to) {
    return edited(SCRIPT, from, to);
  }

  /// With another text in its manifest, which must have been there.
  TinyService declared(String from, String to) {
    return edited(MANIFEST, from, to);
  }

  /// With another text in one of its files, which must have been there.
  TinyService edited(String file, String from, String to) {
    String text = files.getOrDefault(file, "");
    if (!text.contains(from)) {
      throw new IllegalArgumentException(file + " does not contain: " + from);
    }
    return with(file, text.replace(from, to));
  }

  /// With a file, or another text in it.
  TinyService with(String file, String text) {
    Map<String, String> more = new HashMap<>(files);
    more.put(file, text);
    return new TinyService(more);
  }

  /// What is done in the folder of a service before it is proven.
  interface Prepared {
    /// Does it.
    void in(Path folder) throws InterruptedException;
  }

  /// What the prover finds for one requirement.
  Outcome outcome(String requirement) throws InterruptedException {
    return outcome(requirement, _ -> {});
  }

  /// What the prover finds, after something was done in its folder.
  Outcome outcome(String requirement, Prepared prepared) throws InterruptedException {
    return report(new Choice(Set.of(), Set.of(requirement)), Duration.ofMinutes(5), prepared)
        .results()
        .stream()
        .map(Result::outcome)
        .findFirst()
        .orElseThrow();
  }

  /// What the prover finds in a time, after something was done in its folder.
  Report report(Choice choice, Duration limit, Prepared prepared) throws InterruptedException {
    Path folder = written();
    try {
      prepared.in(folder);
      ProverSettings settings = new ProverSettings(folder, choice, true, 42, limit, List.of());
      return new Prover(settings, Surroundings.ofProcess(), _ -> {}).prove();
    } finally {
      remove(folder);
    }
  }

  /// Readable by all, for its processes may run as another user.
  private Path written() {
    try {
      Path folder = Files.createTempDirectory("mf-tiny-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
