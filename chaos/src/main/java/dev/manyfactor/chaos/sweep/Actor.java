package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.formation.ChildProcess;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.Probe;
import dev.manyfactor.formation.ProcessType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One real process of the service, with a proxy of its own between it and PostgreSQL.
///
/// Safe on many threads.
final class Actor implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration SILENCE = Duration.ofMillis(120);
  private static final Duration LONGEST_NOISE = Duration.ofSeconds(3);
  private static final Duration SIGNAL = Duration.ofSeconds(10);
  private static final int LAST_LINES = 20;

  private final ChildProcess child;
  private final PostgresProxy proxy;
  private final Probe probe;
  private final Deque<String> last;

  private Actor(ChildProcess child, PostgresProxy proxy, Probe probe, Deque<String> last) {
    this.child = child;
    this.proxy = proxy;
    this.probe = probe;
    this.last = last;
  }

  /// What an actor plays, and with what.
  ///
  /// @param environment everything but ports and the database's address
  /// @param database where PostgreSQL listens
  /// @param variable gets `url`, with the proxy's port in it
  record Part(
      Manifest manifest,
      ProcessType type,
      Map<String, String> environment,
      InetSocketAddress database,
      String variable,
      String url) {}

  /// Starts it; it is not ready yet.
  static Actor start(Part part) {
    PostgresProxy proxy = PostgresProxy.to(part.database());
    int port = Ports.free();
    int management = Ports.free();
    Map<String, String> environment = new HashMap<>(part.environment());
    String address = ":" + part.database().getPort() + "/";
    environment.put(part.variable(), part.url().replace(address, ":" + proxy.port() + "/"));
    environment.put("HOST", "127.0.0.1");
    environment.put("MANAGEMENT_PORT", String.valueOf(management));
    part.type()
        .listens()
        .ifPresent(listens -> environment.put(listens.variable(), String.valueOf(port)));
    Deque<String> last = new ArrayDeque<>();
    ChildProcess child =
        ChildProcess.start(
            new ChildProcess.Specification(
                part.manifest().name() + "." + part.type().name(),
                part.type().command().words(),
                part.manifest().directory(),
                environment),
            line -> remember(last, line));
    int serves = part.type().listens().isPresent() ? port : 0;
    return new Actor(child, proxy, Probe.of(part.type(), serves, management), last);
  }

  private static void remember(Deque<String> last, String line) {
    synchronized (last) {
      last.add(line);
      if (last.size() > LAST_LINES) {
        last.remove();
      }
    }
  }

  /// Waits until it says that it is ready, and then until it says nothing to the database.
  Actor awaited() throws InterruptedException {
    Optional<String> reason = probe.whyNotReady();
    for (Duration waited = Duration.ZERO; reason.isPresent(); waited = waited.plus(POLL)) {
      if (!child.isAlive() || waited.compareTo(READY) > 0) {
        throw notReady(reason.get());
      }
      Thread.sleep(POLL);
      reason = probe.whyNotReady();
    }
    return this;
  }

  private FormationException notReady(String reason) {
    synchronized (last) {
      return new FormationException(
          ExitCode.UNAVAILABLE.number(),
          "%s is not ready: %s".formatted(child.name(), reason),
          List.copyOf(last));
    }
  }

  PostgresProxy proxy() {
    return proxy;
  }

  /// Where it serves.
  URI address() {
    return URI.create("http://127.0.0.1:" + probe.port());
  }

  /// Waits until it has said nothing to the database for a while, at most some seconds.
  void awaitSilence() throws InterruptedException {
    Watch watch = proxy.watch(Spot::counts);
    int heard = 0;
    Duration silent = Duration.ZERO;
    for (Duration waited = Duration.ZERO;
        silent.compareTo(SILENCE) < 0 && waited.compareTo(LONGEST_NOISE) < 0;
        waited = waited.plus(POLL)) {
      Thread.sleep(POLL);
      int now = watch.seen().size();
      silent = now == heard ? silent.plus(POLL) : Duration.ZERO;
      heard = now;
    }
  }

  /// SIGKILL; returns once it is dead.
  void kill() {
    child.kill();
  }

  /// It does not notice that time passes, until [#thaw()].
  void freeze() throws InterruptedException {
    signal("STOP");
  }

  void thaw() throws InterruptedException {
    signal("CONT");
  }

  /// To its whole group, for a shell may stand before the program.
  private void signal(String name) throws InterruptedException {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -%s -%d".formatted(name, child.handle().pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(SIGNAL) || kill.exitValue() != 0) {
        throw new IllegalStateException(child.name() + " does not take the signal " + name);
      }
    } catch (IOException noShell) {
      throw new IllegalStateException("no shell is there to send the signal " + name, noShell);
    }
  }

  @Override
  public void close() {
    child.kill();
    proxy.close();
  }
}
