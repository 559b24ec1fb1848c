package dev.manyfactor.prover.observe;

import dev.manyfactor.formation.Spawner;
import dev.manyfactor.formation.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Processes of this machine.
///
/// Safe on many threads.
final class LocalSandbox implements Sandbox {
  private final Path root;
  private final LongSupplier nanos;
  private final List<Observed> started = new CopyOnWriteArrayList<>();

  private LocalSandbox(Path root, LongSupplier nanos) {
    this.root = root;
    this.nanos = nanos;
  }

  static LocalSandbox open(Path folder, LongSupplier nanos) {
    try {
      return new LocalSandbox(Files.createTempDirectory(folder, "mf-prove-"), nanos);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Observed start(Launch launch) {
    List<String> command = new ArrayList<>(Wiring.located(launch.command(), launch.environment()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(launch.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    try {
      long moment = nanos.getAsLong();
      Process process = Spawner.start(builder, List.of(), Spawner.OnDeath.KILL);
      ObservedProcess observed = new ObservedProcess(launch.name(), process, moment, nanos);
      started.add(observed);
      return observed;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + launch.name(), failure);
    }
  }

  @Override
  public Path scratch(String name) {
    try {
      return Files.createTempDirectory(root, name.replaceAll("\\W", "-") + "-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public List<String> conditions() {
    return List.of("processes are not confined");
  }

  @Override
  public void close() {
    started.forEach(Observed::close);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
