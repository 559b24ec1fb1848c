package dev.manyfactor.chaos.sweep;

import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationSettings;
import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.FormationSettings.Shape;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.Laboratory;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.Scale;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What stays whole: PostgreSQL, the issuer, the services that the service calls, and one process
/// of the service that serves and that nobody attacks.
final class Backdrop implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(45); // a first build may be among it
  private static final Duration END = Duration.ofMinutes(2);

  private final Manifest manifest;
  private final CompletableFuture<FormationState> running = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Formation formation;

  private Backdrop(Manifest manifest, Path home, Surroundings surroundings) {
    this.manifest = manifest;
    this.formation =
        Formation.in(
            new Laboratory(home, (_, _, port) -> port),
            new FormationSettings(
                manifest.directory(),
                new Shape(OptionalInt.of(Ports.free()), servers(manifest), Scale.ONE_OF_EACH),
                new Data(false, Optional.empty()),
                Patience.DEFAULT),
            with(surroundings, manifest.chaos()),
            this::hear);
  }

  /// Starts all of it and waits until it is ready.
  static Backdrop open(Manifest manifest, Path home, Surroundings surroundings)
      throws InterruptedException {
    Backdrop backdrop = new Backdrop(manifest, home, surroundings);
    backdrop.run();
    return backdrop;
  }

  /// The process type that serves, by which a service is asked.
  static ProcessType server(Manifest manifest) {
    return manifest.programs().processes().stream()
        .filter(type -> type.listens().isPresent())
        .findFirst()
        .orElseThrow(() ->
            new FormationException(
                ExitCode.CONFIG,
                "%s has no process type with a port, so that nobody can ask it for anything"
                    .formatted(manifest.name())));
  }

  /// That process of the service itself, and everything of the services it needs.
  private static Set<String> servers(Manifest manifest) {
    Set<String> names = new LinkedHashSet<>();
    names.add(manifest.name() + "." + server(manifest).name());
    addNeeded(manifest, names);
    return names;
  }

  private static void addNeeded(Manifest manifest, Set<String> names) {
    for (Dependency.Service needed : manifest.dependencies(Dependency.Service.class)) {
      Manifest other = Manifest.read(needed.path());
      boolean added = false;
      for (ProcessType type : other.programs().processes()) {
        added |= names.add(other.name() + "." + type.name());
      }
      if (added) {
        addNeeded(other, names);
      }
    }
  }

  private static Surroundings with(Surroundings surroundings, Chaos chaos) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(chaos.environment());
    return new Surroundings(environment, surroundings.clock(), surroundings.nanos());
  }

  private void hear(Event event) {
    if (event instanceof Event.Running now) {
      running.complete(now.state());
    }
  }

  private void run() throws InterruptedException {
    Thread.ofPlatform()
        .name("sweep-formation")
        .daemon(true)
        .start(() -> {
          try {
            formation.run();
            over.complete(null);
          } catch (RuntimeException failure) {
            over.completeExceptionally(failure);
          }
        });
    boolean ready = false;
    try {
      CompletableFuture.anyOf(running, over).get(READY.toSeconds(), TimeUnit.SECONDS);
      ready = running.isDone();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FormationException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (TimeoutException late) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "%s is not ready after %d minutes".formatted(manifest.name(), READY.toMinutes()));
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  FormationState state() {
    return formation.state();
  }

  /// The server that holds the databases of all services.
  EmbeddedPostgres postgres() {
    return formation.servers().getFirst();
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    formation.stop();
    try {
      over.get(END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException impatient) {
      interrupted |= impatient instanceof InterruptedException;
      formation.kill();
    } catch (ExecutionException said) {
      // whoever waited for it to be ready has seen it
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
