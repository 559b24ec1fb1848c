package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a build prints of a contract with a few problems, and of one with thousands.
class SummaryTests {
  @Test
  void aFewProblemsAreAllShownInTheOrderOfTheirLines() {
    List<Problem> problems = unknown(1, 100);
    assertThat(new InvalidContract(problems).getMessage())
        .isEqualTo(
            "100 problems in the contract:\n"
                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    assertThat(new InvalidContract(unknown(7, 7)).getMessage())
        .isEqualTo(
            "1 problem in the contract:\na.yaml:7: Thing7: 'not' is not supported; say what");
  }

  @Test
  void ofManyTheFirstOfEachKindAreShownAndWhereTheOthersStand() {
    List<Problem> problems = new ArrayList<>(unknown(1, 99));
    problems.add(new Problem("a.yaml", 100, "Thing: 'anyOf' is not supported; use oneOf"));
    problems.add(new Problem("a.yaml", 101, "add: the response 409 is an error; its content is x"));
    problems.add(new Problem("a.yaml", 102, "add: the response 404 is an error; its content is x"));
    InvalidContract invalid = new InvalidContract(problems);
    assertThat(invalid.getMessage())
        .isEqualTo(
            """
            102 problems in the contract, of 3 kinds:
            a.yaml:1: Thing1: 'not' is not supported; say what
            a.yaml:2: Thing2: 'not' is not supported; say what
            a.yaml:3: Thing3: 'not' is not supported; say what
              and 96 more like this, in the lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …
            a.yaml:100: Thing: 'anyOf' is not supported; use oneOf
            a.yaml:101: add: the response 409 is an error; its content is x
            a.yaml:102: add: the response 404 is an error; its content is x\
            """);
    assertThat(invalid.problems()).hasSize(102);
  }

  private static List<Problem> unknown(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(line ->
            new Problem(
                "a.yaml", line, "Thing%d: 'not' is not supported; say what".formatted(line)))
        .toList();
  }
}
