package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The 23 factors as a map: a tile for each, coloured by its worst outcome, that leads to its part
/// of the page.
///
/// @param html where it is written
record HtmlMap(Account account, Html html) {
  void write() {
    html.open("nav", "aria-label", "factors").open("ol", "class", "map").line();
    for (Factor factor : Factor.values()) {
      html.open("li");
      Optional<Verdict> worst = account.worst(factor);
      if (worst.isPresent()) {
        html.open(
            "a",
            "class",
            "tile " + HtmlRequirement.style(worst.get()),
            "href",
            "#" + anchor(factor));
      } else {
        html.open("div", "class", "tile absent");
      }
      html.element("span", String.valueOf(factor.number()), "class", "number");
      html.element("span", factor.title(), "class", "title");
      html.element("span", words(factor), "class", "count");
      html.close().close().line();
    }
    html.close().close().line();
  }

  private String words(Factor factor) {
    List<Result> results = account.of(factor);
    if (results.isEmpty()) {
      return account.report().unchecked().containsAll(factor.requirements())
          ? "not in this version"
          : "not asked in this run";
    }
    Map<Verdict, Long> counts =
        results.stream()
            .map(result -> result.outcome().verdict())
            .collect(
                Collectors.groupingBy(
                    verdict -> verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + HtmlRequirement.words(count.getKey()))
        .collect(Collectors.joining(" · "));
  }

  static String anchor(Factor factor) {
    return "factor-" + factor.number();
  }
}
