package dev.manyfactor.cli;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.page.CataloguePage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mf prove explain`: what a requirement asks for, and how it is seen.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Says what a requirement asks for, how that is seen from outside, what guards against a false alarm, and what to do"
            + " where it does not hold.",
    footer = {"", "Examples:", "  mf prove explain 09-2", "  mf prove explain --json 09-2"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it was explained", "2:there is no such requirement"})
final class ProveExplainCommand implements Callable<Integer>, Checked, OwnExitCodes {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "ID",
      description = "Of the requirement, for example 09-2.",
      showDefaultValue = Visibility.NEVER)
  private String id = "";

  @Option(names = "--json", description = "Print it as a JSON object.")
  private boolean json;

  ProveExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> problems() {
    return id.isEmpty() ? List.of() : ProveChoice.idProblem(id).stream().toList();
  }

  @Override
  public int of(int sysexits) {
    return ProveNumbers.exitCode(sysexits);
  }

  @Override
  public Integer call() {
    Requirement requirement = Requirement.of(id).orElseThrow();
    CataloguePage catalogue = new CataloguePage(ProveChoice.checked());
    terminal
        .out()
        .print(
            json
                ? catalogue.json(requirement)
                : catalogue.of(requirement, Seat.ofProcess().page(terminal)));
    return 0;
  }
}
