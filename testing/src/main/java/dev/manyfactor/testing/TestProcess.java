package dev.manyfactor.testing;

import dev.manyfactor.config.Environment;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.RunningService;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One process of a service, for a test to do to it what happens to processes.
///
/// It keeps its ports, so that it is found where it was when it has started again. Inside of the
/// test's JVM a process can be stopped and started again; one of its own can be killed and frozen
/// too. For one thread at a time.
public final class TestProcess {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final TestService.Parts parts;
  private final ProcessType type;
  private final boolean outside;
  private final Map<String, String> variables;
  private final Path output;
  private Life life;

  private TestProcess(TestService.Parts parts, ProcessType type, boolean outside) {
    this.parts = parts;
    this.type = type;
    this.outside = outside;
    this.variables = new HashMap<>(parts.variables());
    this.output =
        parts
            .formation()
            .folder()
            .resolve(parts.service().name() + '-' + NUMBERS.incrementAndGet() + ".log");
    if (outside) {
      variables.replace("PORT", "0", String.valueOf(Ports.free()));
      variables.replace("MANAGEMENT_PORT", "0", String.valueOf(Ports.free()));
      variables.replace("LOG_LEVEL", "warn", "info"); // to a file, so it disturbs nobody
    }
    this.life = begin();
  }

  /// Starts a process; it is not ready yet.
  ///
  /// @param outside whether it gets a JVM of its own
  static TestProcess start(TestService.Parts parts, ProcessType type, boolean outside) {
    return new TestProcess(parts, type, outside);
  }

  private Life begin() {
    return outside
        ? LifeOutside.start(parts.type(), type.word(), variables, output)
        : new LifeInside(parts.service().start(type, Environment.of(variables)));
  }

  /// Waits until it is ready; if it will not be, it is ended.
  TestProcess ready() {
    try {
      life.awaitReady();
    } catch (RuntimeException | Error failure) {
      end();
      throw failure;
    }
    if (life instanceof LifeInside inside) {
      keepPorts(inside.service());
    }
    return this;
  }

  private void keepPorts(RunningService running) {
    if (running.hasApi()) {
      variables.replace("PORT", "0", String.valueOf(running.port()));
    }
    variables.replace("MANAGEMENT_PORT", "0", String.valueOf(running.managementPort()));
  }

  /// What it does.
  public ProcessType type() {
    return type;
  }

  /// Whether it has a JVM of its own.
  boolean isOutside() {
    return outside;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + variables.get("PORT"));
  }

  URI managementUrl() {
    return URI.create("http://127.0.0.1:" + variables.get("MANAGEMENT_PORT"));
  }

  /// Whether it has not ended; a frozen process has not.
  public boolean isRunning() {
    return life.isRunning();
  }

  /// Asks it to stop (SIGTERM) and waits until it has.
  ///
  /// @return its exit code, 0 if it stopped in order
  /// @throws AssertionError if it does not end
  /// @throws IllegalStateException if it is frozen
  public int stop() {
    return life.stop();
  }

  /// Ends it at once (SIGKILL): nothing in it hears of that.
  ///
  /// @throws IllegalStateException if it runs inside of the test's JVM
  public void kill() {
    outside("killed").kill();
  }

  /// Lets it do nothing any more (SIGSTOP), with all its connections open, until [#thaw].
  ///
  /// @throws IllegalStateException if it runs inside of the test's JVM
  public void freeze() {
    outside("frozen").freeze();
  }

  /// Lets it go on where it was frozen (SIGCONT).
  ///
  /// @throws IllegalStateException if it runs inside of the test's JVM
  public void thaw() {
    outside("thawed").thaw();
  }

  /// Starts it again, after a stop if it still runs, and waits until it is ready.
  public void restart() {
    if (life.isRunning()) {
      life.stop();
    }
    life = begin();
    ready();
  }

  /// Everything that it has printed, that of its former lives included.
  ///
  /// @throws IllegalStateException if it runs inside of the test's JVM, whose output it shares
  public String output() {
    return outside("listened to").said();
  }

  /// The lines of its log so far, those of its former lives included.
  ///
  /// @throws IllegalStateException if it runs inside of the test's JVM, whose output it shares
  public List<JsonNode> logs() {
    String said = output();
    return said.substring(0, said.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  private LifeOutside outside(String what) {
    return switch (life) {
      case LifeOutside own -> own;
      case LifeInside _ ->
          throw new IllegalStateException(
              "a process inside of the test's JVM cannot be "
                  + what
                  + "; let @ServiceTest say processes = true, or start one by TestService.start");
    };
  }

  /// Runs as it did before a test did something to it.
  void mend() {
    if (life instanceof LifeOutside own && own.isRunning() && own.isFrozen()) {
      own.thaw();
    }
    if (!life.isRunning()) {
      restart();
    }
  }

  /// Ends it, whatever state it is in.
  void end() {
    if (!life.isRunning()) {
      return;
    }
    switch (life) {
      case LifeOutside own -> own.kill();
      case LifeInside inside -> inside.stop();
    }
  }
}
