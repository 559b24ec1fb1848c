package dev.manyfactor.cli;

import dev.manyfactor.formation.DatabaseServer;
import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationSettings;
import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.FormationSettings.Shape;
import dev.manyfactor.formation.Scale;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mf up`: a service with everything it needs.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Builds what is not built, starts PostgreSQL, a local OIDC issuer, the services that DIR depends on and the"
          + " service in DIR, and streams their logs.",
      "DIR holds a manyfactor.yaml, or just a Procfile.",
      "Ctrl-C ends everything in order; a second Ctrl-C ends it at once.",
    },
    footer = {
      "",
      "Examples:",
      "  mf up examples/payments",
      "  mf up --port 9000 examples/payments",
      "  mf up --scale web=2,worker=3 examples/payments",
      "  mf up --only web,cards.web examples/payments",
      "  PGPASSWORD=… mf up --database postgres://admin@localhost:5432 examples/payments",
      "  mf up --fresh fixtures/node",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was ready, and was asked to stop",
      "64:wrong usage",
      "69:something needed is not there: a port, a program, a dependency",
      "70:a build, a release step or a process failed",
      "74:a folder cannot be written",
      "78:a manifest, a Procfile or an environment is wrong",
      "130:it was called off before it was ready",
    })
final class UpCommand implements Callable<Integer>, Checked {
  private static final int CALLED_OFF = 130;
  private static final int HIGHEST_PORT = 65_535;

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder of the service.")
  private Path directory = Path.of(".");

  // Numbers and addresses come as they were written: what is wrong with all of them is said at
  // once.
  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Where the first process of DIR that serves listens, instead of where its manifest says or 8080.")
  private @Nullable String port;

  @Option(
      names = "--scale",
      paramLabel = "TYPE=N",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description =
          "How many instances of a process type run, instead of one of each: web of DIR, cards.web of the service cards.")
  private List<String> scale = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "TYPES",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description =
          "Start only these process types, separated by commas: web of DIR, cards.web of the service cards.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Make the databases on this PostgreSQL server, and start none: postgres://ROLE@HOST:PORT, with a role that may"
              + " create databases and roles, and its password in the variable PGPASSWORD.")
  private @Nullable String database;

  @Option(
      names = "--fresh",
      description =
          "First remove what earlier runs kept: their databases and the issuer's key; with --database what they made"
              + " on that server.")
  private boolean fresh;

  @Option(
      names = "--json",
      description = "Print each event as a JSON object on a line of its own, log lines included.")
  private boolean json;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (port != null && port().isEmpty()) {
      problems.add("--port must be 1 to 65535, but is \"%s\"".formatted(port));
    }
    if (only.stream().anyMatch(String::isBlank)) {
      problems.add("--only must name process types, for example web or cards.web");
    }
    try {
      server();
    } catch (IllegalArgumentException wrong) {
      problems.add("--database " + wrong.getMessage());
    }
    return problems;
  }

  @Override
  public Integer call() {
    if (json) {
      EventLines lines = new EventLines(terminal, Surroundings.ofProcess().clock());
      try {
        return run(lines);
      } catch (FormationException failure) {
        lines.failed(failure);
        throw failure; // the exit code and the message on standard error are the same
      }
    }
    Path here = Path.of("").toAbsolutePath();
    return run(
        new Screen(terminal, new Summary(terminal, System.getProperty("mf.command", "mf"), here)));
  }

  private int run(Consumer<Event> events) {
    Formation formation =
        new Formation(
            new FormationSettings(
                directory,
                new Shape(port(), new LinkedHashSet<>(only), new Scale(scale)),
                new Data(fresh, server()),
                Patience.DEFAULT),
            Surroundings.ofProcess(),
            events);
    Signals.onEnding(formation::stop, formation::kill, Surroundings.ofProcess().nanos());
    return switch (formation.run()) {
      case STOPPED -> 0;
      case CALLED_OFF -> CALLED_OFF;
    };
  }

  private OptionalInt port() {
    return Stream.ofNullable(port)
        .filter(text -> text.matches("[0-9]{1,5}"))
        .mapToInt(Integer::parseInt)
        .filter(number -> number >= 1 && number <= HIGHEST_PORT)
        .findFirst();
  }

  private Optional<DatabaseServer> server() {
    return Optional.ofNullable(database)
        .map(url -> DatabaseServer.of(url, Surroundings.ofProcess().environment()));
  }
}
