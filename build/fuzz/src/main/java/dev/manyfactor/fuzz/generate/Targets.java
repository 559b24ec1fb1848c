package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Requests whose method or target is not that of the operation, or whose head is too large.
final class Targets {
  private final Api api;
  private final Maker maker;
  private final Chance chance;

  Targets(Api api, Maker maker) {
    this.api = api;
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    var ways = new ArrayList<Family.Way>();
    methods(parts, ways);
    targets(parts, ways);
    return ways;
  }

  private void methods(Parts parts, List<Family.Way> ways) {
    Set<String> used = new TreeSet<>(Set.of("HEAD", "OPTIONS"));
    api.operations().stream()
        .filter(it -> it.path().equals(parts.operation().path()))
        .forEach(it -> used.add(it.method()));
    List<String> others =
        Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
            .filter(it -> !used.contains(it))
            .toList();
    if (!others.isEmpty()) {
      way(
          parts,
          ways,
          "wrong-method",
          Expected.Refused.with(405, "method-not-allowed"),
          it -> it.withMethod(chance.pick(others)));
    }
    way(
        parts,
        ways,
        "unknown-method",
        Expected.Refused.with(501, "unknown-method"),
        it -> it.withMethod(chance.pickText("FROB", "get", "Post", "PROPFIND", "G", "X-Y")));
    way(
        parts,
        ways,
        "options",
        new Expected.Answered(204),
        it -> it.withoutBody().without("Content-Type").withMethod("OPTIONS"));
  }

  private void targets(Parts parts, List<Family.Way> ways) {
    Expected nowhere = Expected.Refused.with(404, "not-found");
    way(
        parts,
        ways,
        "unknown-path",
        nowhere,
        it ->
            it.withPath(
                chance.pickText(
                    "/",
                    "/zz-unknown",
                    "/V1" + it.head().path(),
                    "/zz/" + chance.hex(8),
                    it.head().path() + "/zz/zz/zz",
                    "/zz%20zz")));
    way(parts, ways, "slash-behind", nowhere, it -> it.withPath(it.head().path() + "/"));
    way(
        parts,
        ways,
        "broken-path",
        new Expected.Refused(Set.of(400, 404), ""),
        it ->
            it.withPath(
                it.head().path()
                    + chance.pickText(
                        "%", "%z", "%zz", "%c0%af", "%ff", "%00", "%ed%a0%80", "\\x", "%u0041")));
    way(
        parts,
        ways,
        "dots",
        new Expected.Refused(Set.of(400, 404), ""),
        it ->
            it.withPath(
                chance.pickText(
                    "/v1/../zz", "/./zz", "/%2e%2e/zz", "/..", "/zz/..;/x", "/zz;/..//x", "//zz")));
    way(
        parts,
        ways,
        "broken-query",
        new Expected.Refused(Set.of(400), ""),
        it ->
            it.withQuery(query ->
                List.of(chance.pickText("%", "a=%zz", "%ff=1", "a=%00", "a=%c3", "a=%ed%a0%80"))));
    way(
        parts,
        ways,
        "too-many-parameters",
        new Expected.Violating(Set.of("query")),
        it ->
            it.withQuery(query -> {
              Stream.generate(() -> "a=1").limit(101).forEach(query::add);
              return query;
            }));
    way(
        parts,
        ways,
        "target-too-long",
        new Expected.Refused(Set.of(414, 431), ""),
        it -> it.withPath("/" + "a".repeat(chance.between(8_200, 20_000))));
    way(
        parts,
        ways,
        "head-too-large",
        new Expected.Refused(Set.of(431), ""),
        it -> it.plus("X-Large", "a".repeat(chance.between(8_200, 20_000))));
    way(
        parts,
        ways,
        "many-headers",
        new Expected.Either(),
        it ->
            it.withHeaders(headers -> {
              Stream.generate(() -> new Draft.Header("X-" + chance.hex(2), "a"))
                  .limit(chance.between(50, 400))
                  .forEach(headers::add);
              return headers;
            }));
  }

  private void way(
      Parts parts,
      List<Family.Way> ways,
      String name,
      Expected expected,
      UnaryOperator<Draft> change) {
    String kind = "head:" + name;
    ways.add(
        new Family.Way(
            kind,
            () -> {
              return change.apply(maker.draft(parts, parts.plain())).as(kind, expected);
            }));
  }
}
