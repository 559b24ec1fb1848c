package dev.manyfactor.cli;

import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.page.TerminalPage;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;

/// Where whoever has called the command sits: whether they can be asked, and see what changes.
///
/// @param input what they type
/// @param answers whether standard input is a terminal
/// @param watches whether standard error is a terminal
/// @param columns how wide it is
record Seat(InputStream input, boolean answers, boolean watches, int columns) {

  /// That of this process. The launcher knows best, and says so in `mf.terminal.input`,
  /// `mf.terminal.errors` and `mf.columns`.
  static Seat ofProcess() {
    int columns = Integer.getInteger("mf.columns", 0);
    return new Seat(
        new FileInputStream(FileDescriptor.in),
        Boolean.getBoolean("mf.terminal.input"),
        Boolean.getBoolean("mf.terminal.errors") && canBeSteered(),
        columns > 0 ? columns : TerminalPage.USUAL);
  }

  /// A page as wide as they see, in the colours that they have.
  TerminalPage page(Terminal terminal) {
    return new TerminalPage(
        terminal.attended() ? columns : TerminalPage.USUAL,
        (tone, text) -> terminal.coloured(Colour.of(tone), text));
  }

  private static boolean canBeSteered() {
    return !Surroundings.ofProcess().environment().getOrDefault("TERM", "dumb").equals("dumb");
  }
}
