package dev.manyfactor.service;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Problem;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.identity.ClientCredentials;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.resilience.Credentials;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.telemetry.LogOutput;
import dev.manyfactor.telemetry.Outlets;
import dev.manyfactor.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The handles of a composition, opened for one process and closed in the opposite order.
final class Resources implements AutoCloseable {
  private final Release release;
  private final Telemetry telemetry;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Resources(Release release, Telemetry telemetry) {
    this.release = release;
    this.telemetry = telemetry;
    opened.push(telemetry);
  }

  /// Opens everything that was declared; connects to nothing yet.
  ///
  /// @param process what the process is called in logs, for example `web`
  /// @param logs where log lines go: to standard error where a command's results go to the other
  static Resources open(Composition composition, String process, LogOutput logs) {
    Release release = releaseOf(composition);
    var outlets = new Outlets(logs, composition.surroundings().spans());
    var telemetry = Telemetry.start(release, process, composition.telemetrySettings(), outlets);
    var resources = new Resources(release, telemetry);
    composition.configuration().warnings().forEach(Log.LOG::warn);
    try {
      resources.openAll(composition, process);
      return resources;
    } catch (RuntimeException failure) {
      resources.close();
      throw failure;
    }
  }

  private void openAll(Composition composition, String process) {
    OpenTelemetry openTelemetry = telemetry.openTelemetry();
    composition
        .declaredDatabase()
        .ifPresent(database -> open(database, openTelemetry, release, process));
    composition
        .declaredIssuer()
        .ifPresent(issuer -> opened.push(issuer.open(openTelemetry, composition.time())));
    composition.upstreams().forEach(upstream -> open(upstream, openTelemetry, composition));
    composition.declaredJobs().ifPresent(jobs -> open(jobs, openTelemetry, composition.clock()));
  }

  static Release releaseOf(Composition composition) {
    ServiceSettings settings = composition.serviceSettings();
    String id = settings.release().orElseGet(() -> BuildInfo.of(composition.loader()).releaseId());
    return new Release(composition.name(), id, settings.deployment());
  }

  Release release() {
    return release;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  /// Adds something that is closed before everything that was opened earlier.
  <C extends AutoCloseable> C closing(C resource) {
    opened.push(resource);
    return resource;
  }

  private void open(Database database, OpenTelemetry openTelemetry, Release of, String process) {
    database.open(openTelemetry, of.service() + ' ' + process);
    opened.push(database);
  }

  private void open(Jobs jobs, OpenTelemetry openTelemetry, InstantSource clock) {
    jobs.open(release, openTelemetry, clock);
    opened.push(jobs);
  }

  private void open(Upstream upstream, OpenTelemetry openTelemetry, Composition composition) {
    if (upstream.settings().clientId().isPresent() && composition.declaredIssuer().isEmpty()) {
      throw withoutIssuer(upstream.name());
    }
    Optional<Credentials> credentials =
        composition.declaredIssuer().flatMap(issuer -> ClientCredentials.of(issuer, upstream));
    opened.push(upstream.open(openTelemetry, credentials, composition.time()));
  }

  private static ConfigurationException withoutIssuer(String upstream) {
    String variable = Configuration.prefix(upstream) + "_CLIENT_ID";
    return new ConfigurationException(
        List.of(
            new Problem(
                variable,
                variable
                    + " is set but no issuer gives tokens for it, because every operation is"
                    + " public; unset it, or declare security for an operation")));
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        Log.LOG.warn("could not close a resource", failure);
      }
    }
  }
}
