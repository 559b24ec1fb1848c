package dev.manyfactor.cli;

import dev.manyfactor.prover.page.Tone;

/// The colours of a terminal that can be read on light and dark ground.
enum Colour {
  /// For errors.
  RED("31"),
  /// For what is well.
  GREEN("32"),
  /// For warnings.
  YELLOW("33"),
  /// For processes.
  BLUE("34"),
  /// For processes.
  MAGENTA("35"),
  /// For processes.
  CYAN("36"),
  /// For what matters less.
  FAINT("2"),
  /// For headings.
  BOLD("1");

  private static final Colour[] OF_PROCESSES = {CYAN, MAGENTA, GREEN, BLUE, YELLOW};

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  /// What a piece of a report is shown in.
  static Colour of(Tone tone) {
    return switch (tone) {
      case GOOD -> GREEN;
      case BAD -> RED;
      case DOUBTFUL -> YELLOW;
      case FAINT -> FAINT;
      case HEADING -> BOLD;
    };
  }

  /// One for each of the first processes, then again from the first.
  static Colour ofProcess(int index) {
    return OF_PROCESSES[index % OF_PROCESSES.length];
  }
}
