package dev.manyfactor.cli;

import dev.manyfactor.prover.page.CataloguePage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mf prove list`: every requirement of the 23 factors.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Lists every requirement of the 23 factors, with what it asks for and whether this version checks it.",
    footer = {"", "Examples:", "  mf prove list", "  mf prove list --json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:they were listed", "2:wrong usage"})
final class ProveListCommand implements Callable<Integer>, OwnExitCodes {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print them as a JSON array.")
  private boolean json;

  ProveListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int of(int sysexits) {
    return ProveNumbers.exitCode(sysexits);
  }

  @Override
  public Integer call() {
    CataloguePage catalogue = new CataloguePage(ProveChoice.checked());
    terminal
        .out()
        .print(json ? catalogue.listJson() : catalogue.list(Seat.ofProcess().page(terminal)));
    return 0;
  }
}
