package dev.manyfactor.service;

import dev.manyfactor.config.Environment;
import dev.manyfactor.web.Access;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A service: a name, what it is composed of, and everything an artifact made of it can do.
///
/// One artifact has many process types. `main` reads the first argument to know which one, or which
/// task or command, it is to be; without an argument it lists them all. The composition runs for
/// every one of them, so it only declares: it opens nothing and reads no environment.
///
/// ```java
/// Service.of("payments", Payments::compose).main(args);
/// ```
///
/// Immutable, safe on many threads.
public final class Service {
  private final String name;
  private final Consumer<Composition> compose;
  private final Surroundings surroundings;

  private Service(String name, Consumer<Composition> compose, Surroundings surroundings) {
    this.name = name;
    this.compose = compose;
    this.surroundings = surroundings;
  }

  /// A service that is composed by `compose`.
  ///
  /// @param name 1 to 40 characters: a lower-case letter, then letters, digits and dashes
  /// @throws IllegalArgumentException if the name is not such
  public static Service of(String name, Consumer<Composition> compose) {
    if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "a service's name must be 1 to 40 of a-z, 0-9 and -, a letter first, but is " + name);
    }
    return new Service(name, compose, Surroundings.ofProcess());
  }

  /// The same service in surroundings of a test's own, which all its processes and tasks take over.
  public Service in(Surroundings others) {
    return new Service(name, compose, others);
  }

  /// What the service, its artifact and its variables are named after.
  public String name() {
    return name;
  }

  /// Every scope that an operation of the contract asks for.
  public Set<String> scopes() {
    return composed().declaredRoutes().stream()
        .flatMap(routes -> routes.operations().stream())
        .flatMap(operation ->
            switch (operation.access()) {
              case Access.Public() -> Stream.of();
              case Access.Scopes(var all) -> all.stream();
            })
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Does what the arguments ask for, then ends the process with an exit code of `sysexits.h`: 0,
  /// 64 for wrong arguments, 66 for a job that is not there, 69 for a dependency that does not
  /// answer, 70 for a bug, 74 for results that could not be written, 75 for what can only be done
  /// later, 78 for a wrong environment.
  public void main(String... arguments) {
    Environment environment = Environment.ofProcess();
    var terminal = new Terminal(utf8(System.out), utf8(System.err), () -> wantsColour(environment));
    System.exit(run(List.of(arguments), environment, terminal));
  }

  /// Colour is for a terminal that has some and whose owner has not turned it off.
  private static boolean wantsColour(Environment environment) {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && environment.value("NO_COLOR").orElse("").isEmpty()
        && !environment.value("TERM").orElse("dumb").equals("dumb");
  }

  /// The same stream for text in UTF-8, whatever the locale of the machine says.
  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /// The same inside of a process that goes on, and the exit code instead of an exit: for tests.
  public int run(
      List<String> arguments, Environment environment, PrintStream out, PrintStream err) {
    return run(arguments, environment, new Terminal(out, err, () -> false));
  }

  private int run(List<String> arguments, Environment environment, Terminal terminal) {
    return compose(terminal)
        .map(composition -> new Launch(composition, environment, terminal).run(arguments))
        .orElse(ExitCode.INTERNAL)
        .value();
  }

  private Optional<Composition> compose(Terminal terminal) {
    try {
      return Optional.of(composed());
    } catch (RuntimeException | Error bug) {
      terminal.reportBug("the composition of " + name, bug);
      return Optional.empty();
    }
  }

  /// Starts a process of this service inside of this one, for tests. It is not ready yet.
  ///
  /// @throws dev.manyfactor.config.ConfigurationException with everything that is wrong
  public RunningService start(ProcessType type, Environment environment) {
    Composition composition = composed();
    composition.configuration().bind(environment);
    return RunningService.start(composition, type);
  }

  private Composition composed() {
    var composition = new Composition(name, compose.getClass().getClassLoader(), surroundings);
    compose.accept(composition);
    return composition;
  }
}
