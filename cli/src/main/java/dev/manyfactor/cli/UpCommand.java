package dev.manyfactor.cli;

import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationSettings;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.Scale;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mf up`: a service with everything it needs.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Builds what is not built, starts PostgreSQL, a local OIDC issuer, the services that DIR depends on and the"
          + " service in DIR, and streams their logs.",
      "Ctrl-C ends everything in order; a second Ctrl-C ends it at once.",
    },
    footer = {
      "",
      "Examples:",
      "  mf up examples/payments",
      "  mf up --port 9000 examples/payments",
      "  mf up --scale web=2,worker=3 examples/payments"
    })
final class UpCommand implements Callable<Integer> {
  private static final int CALLED_OFF = 130;
  private static final int HIGHEST_PORT = 65_535;

  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Folder of the service; default: .")
  private Path directory = Path.of(".");

  @Option(names = "--port", paramLabel = "N", description = "Where its web process listens.")
  private @Nullable Integer port;

  @Option(
      names = "--scale",
      paramLabel = "TYPE=N",
      split = ",",
      description = "How many instances of a process type run; default: one of each.")
  private List<String> scale = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path here = Path.of("").toAbsolutePath();
    Summary summary = new Summary(terminal, System.getProperty("mf.command", "mf"), here);
    Formation formation =
        new Formation(
            new FormationSettings(directory, port(), new Scale(scale), Patience.DEFAULT),
            Surroundings.ofProcess(),
            new Screen(terminal, summary));
    Signals.onEnding(formation::stop, formation::kill);
    return switch (formation.run()) {
      case STOPPED -> 0;
      case CALLED_OFF -> CALLED_OFF;
    };
  }

  private OptionalInt port() {
    Integer given = port;
    if (given == null) {
      return OptionalInt.empty();
    }
    if (given < 1 || given > HIGHEST_PORT) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--port must be 1 to 65535, but is " + given);
    }
    return OptionalInt.of(given);
  }
}
