package dev.manyfactor.service;

import dev.manyfactor.identity.TokenVerifier;
import dev.manyfactor.telemetry.LogOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One process of a service while it runs.
///
/// It listens at once, so that a port that is taken is found at once, and answers 503 until
/// everything it depends on is there. It stops in the order that loses nothing: unready, then for
/// `DRAIN_DELAY` everything is still answered, then requests and jobs under way get
/// `SHUTDOWN_GRACE` to end, then what they used is closed. Safe on many threads.
public final class RunningService implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Composition composition;
  private final Resources resources;
  private final Servers servers;
  private final Workforce workforce;
  private final StartUp startUp;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile Optional<String> awaited = Optional.empty();

  private RunningService(Composition composition, ProcessType type, Resources resources) {
    this.composition = composition;
    this.resources = resources;
    Optional<TokenVerifier> verifier =
        type.includes(ProcessType.WEB)
            ? composition.declaredIssuer().map(TokenVerifier::start).map(resources::closing)
            : Optional.empty();
    this.startUp = new StartUp(composition, resources, verifier);
    this.servers = new Servers(composition, resources, verifier, this::whyNotReady);
    this.workforce = new Workforce(composition);
    resources.closing(
        SecretWatch.start(
            composition.configuration(),
            resources.telemetry().openTelemetry(),
            composition.clock()));
  }

  static RunningService start(Composition composition, ProcessType type) {
    Resources resources = Resources.open(composition, type.word(), LogOutput.STDOUT);
    try {
      var running = new RunningService(composition, type, resources);
      running.servers.start(type);
      Thread.ofVirtual().name("start-up").start(() -> running.becomeReady(type));
      return running;
    } catch (RuntimeException failure) {
      resources.close();
      throw failure;
    }
  }

  /// Whether this process serves an API.
  public boolean hasApi() {
    return servers.hasApi();
  }

  /// The port of the API.
  ///
  /// @throws IllegalStateException if this process serves none
  public int port() {
    return servers.port();
  }

  /// The port of the probes, the metrics and the info.
  ///
  /// @throws IllegalStateException if `MANAGEMENT_PORT` is not set
  public int managementPort() {
    return servers.managementPort();
  }

  /// Waits until the process is ready.
  ///
  /// @throws StartRefusedException if it never will be
  /// @throws IllegalStateException if it is not within `patience`, saying what it waits for
  public void awaitReady(Duration patience) {
    try {
      ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(
          "not ready after " + patience + ": " + whyNotReady().orElse("it is now"), late);
    } catch (ExecutionException failed) {
      throw failureToStart();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the process", hurry);
    }
  }

  /// Waits until the process has stopped.
  ///
  /// @throws StartRefusedException if it refused to start; it is then stopped
  /// @throws IllegalStateException if it could not start, for a reason that is a bug; likewise
  void awaitEnd() {
    ready.exceptionally(failure -> {
      stop();
      return null;
    });
    ended.join();
    if (hasFailedToStart()) {
      throw failureToStart();
    }
  }

  /// Whether it refused to start, or could not.
  boolean hasFailedToStart() {
    return ready.isCompletedExceptionally();
  }

  private RuntimeException failureToStart() {
    return ready.exceptionNow() instanceof StartRefusedException refused
        ? refused
        : new IllegalStateException("the process could not start", ready.exceptionNow());
  }

  /// Stops in order and returns when nothing is left. A second call waits for the first.
  public void stop() {
    if (!stopping.complete(null)) {
      ended.join();
      return;
    }
    try (resources;
        servers) {
      stopInOrder();
    } finally {
      ended.complete(null);
    }
  }

  private void stopInOrder() {
    ServiceSettings settings = composition.serviceSettings();
    boolean wasReady = ready.isDone() && !hasFailedToStart();
    Log.LOG.info("stopping");
    servers.drain();
    if (wasReady) {
      pause(settings.drainDelay());
    }
    // side by side, so that a slow client does not cost the jobs their time
    Thread jobs =
        Thread.ofVirtual().name("stop-jobs").start(() -> workforce.stop(settings.shutdownGrace()));
    servers.stop(settings.shutdownGrace());
    awaitQuietly(jobs);
    Log.LOG.info("stopped");
  }

  /// The same as [#stop].
  @Override
  public void close() {
    stop();
  }

  private void becomeReady(ProcessType type) {
    try {
      awaitDependencies();
      if (stopping.isDone()) {
        return;
      }
      workforce.start(type);
      servers.serve();
      ready.complete(null);
      Log.LOG.info("ready");
    } catch (StartRefusedException refused) {
      Log.LOG.error("refused to start: {}", refused.getMessage());
      ready.completeExceptionally(refused);
    } catch (RuntimeException | Error bug) {
      Log.LOG.error("could not start", bug);
      ready.completeExceptionally(bug);
    }
  }

  private void awaitDependencies() {
    Optional<String> missing = startUp.missing();
    while (missing.isPresent() && !stopping.isDone()) {
      if (!missing.equals(awaited)) {
        awaited = missing;
        Log.LOG.info("waiting: {}", missing.get());
      }
      pause(BETWEEN_LOOKS);
      missing = startUp.missing();
    }
    awaited = Optional.empty();
  }

  private Optional<String> whyNotReady() {
    return switch (ready.state()) {
      case SUCCESS -> Optional.empty();
      case RUNNING -> awaited.map("waiting: "::concat).or(() -> Optional.of("the process starts"));
      case FAILED, CANCELLED -> Optional.of("the process refused to start");
    };
  }

  /// Waits, but not longer than until a stop.
  private void pause(Duration duration) {
    try {
      (stopping.isDone() ? ended : stopping).get(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException over) {
      return;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitQuietly(Thread ending) {
    try {
      ending.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
