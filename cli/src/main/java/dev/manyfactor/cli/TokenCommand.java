package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.IssuerAccess;
import dev.manyfactor.formation.FormationState.ServiceState;
import dev.manyfactor.formation.RunningFormations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mf token`: a token of the local issuer.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Prints a token of the running formation's issuer, good for an hour, and nothing else.",
      "Without DIR it is for the service of the only formation that runs."
    },
    footer = {
      "",
      "Examples:",
      "  mf token --tenant acme --scope \"payments:read payments:write\"",
      "  TOKEN=$(mf token --tenant acme)"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a token was printed",
      "64:wrong usage, or several formations run and none was named",
      "69:no formation runs, or no service of it checks tokens",
    })
final class TokenCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "Folder of the service it is for.")
  private @Nullable Path directory;

  @Option(
      names = "--tenant",
      required = true,
      paramLabel = "T",
      showDefaultValue = Visibility.NEVER,
      description = "Whose data it opens.")
  private String tenant = "";

  @Option(
      names = "--scope",
      paramLabel = "S",
      showDefaultValue = Visibility.NEVER,
      description = "What it allows: scopes separated by blanks; default: nothing.")
  private String scope = "";

  @Option(
      names = "--subject",
      paramLabel = "WHO",
      defaultValue = "developer",
      description = "Whom it is about.")
  private String subject = "";

  @Option(
      names = "--audience",
      paramLabel = "A",
      description = "Which service it is for; default: the one in DIR.")
  private @Nullable String audience;

  @Option(names = "--json", description = "Print the issuer's whole reply.")
  private boolean json;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Path> asked = Optional.ofNullable(directory);
    FormationState state = RunningFormations.ofUser().find(asked, Path.of(""));
    ServiceState service = asked.flatMap(state::service).orElseGet(state::main);
    IssuerAccess issuer =
        state
            .issuer()
            .orElseThrow(() ->
                new FormationException(
                    ExitCode.UNAVAILABLE,
                    "no service of the formation in %s checks tokens; add a dependency of kind oidc to its manyfactor.yaml"
                        .formatted(state.directory())));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("tenant", tenant);
    form.put("scope", scope);
    form.put("subject", subject);
    form.put("audience", Optional.ofNullable(audience).orElseGet(() -> audienceOf(service)));
    TokenReply reply = TokenReply.of(issuer, form);
    terminal.out().println(json ? reply.json() : reply.token());
    return 0;
  }

  private static String audienceOf(ServiceState service) {
    return service.environment().getOrDefault("OIDC_AUDIENCE", service.name());
  }
}
