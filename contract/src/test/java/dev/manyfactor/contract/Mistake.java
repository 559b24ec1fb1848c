package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// One mistake to plant in a contract, as `mistakes.txt` writes it.
///
/// @param correct what stands in the contract
/// @param planted what stands there instead
/// @param message what the problem says
/// @param line what the line to be told contains
record Mistake(String correct, String planted, String message, String line) {
  static List<Mistake> all(String text) {
    return Arrays.stream(text.split("\n\n"))
        .filter(block -> block.startsWith("- "))
        .map(Mistake::of)
        .toList();
  }

  private static Mistake of(String block) {
    String line = lines(block, "@ ");
    return new Mistake(
        lines(block, "- "), lines(block, "+ "), lines(block, "= "), line.isEmpty() ? "#!" : line);
  }

  private static String lines(String block, String mark) {
    return block
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .collect(Collectors.joining("\n"));
  }

  /// The contract with the mistake in it.
  String in(String contract) {
    int start = contract.indexOf(correct);
    assertThat(start).as(correct).isNotNegative();
    return contract.substring(0, start) + planted + contract.substring(start + correct.length());
  }

  @Override
  public String toString() {
    return planted.strip() + " -> " + message;
  }
}
