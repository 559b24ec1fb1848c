package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Requests of callers who are unknown, or may not do this.
final class Callers {
  private static final String AUTHORIZATION = "Authorization";
  private static final Expected UNKNOWN = Expected.Refused.with(401, "unauthenticated");

  private final Maker maker;
  private final Chance chance;

  Callers(Maker maker) {
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    if (parts.operation().scopes().isEmpty()) {
      return List.of();
    }
    var ways = new ArrayList<Family.Way>();
    Tokens tokens = maker.tokens();
    ways.add(
        new Family.Way(
            "caller:no-token",
            () -> maker.written(parts).without(AUTHORIZATION).as("caller:no-token", UNKNOWN)));
    add(parts, ways, "unknown-token", "Bearer " + chance.pick(tokens.unknown()), UNKNOWN);
    add(parts, ways, "no-token-at-all", noToken(), UNKNOWN);
    add(parts, ways, "changed-token", "Bearer " + changed(tokens.good()), UNKNOWN);
    if (!parts.operation().scopes().get().isEmpty()) {
      add(
          parts,
          ways,
          "no-scope",
          "Bearer " + tokens.powerless(),
          Expected.Refused.with(403, "forbidden"));
    }
    ways.add(
        new Family.Way(
            "caller:two-tokens",
            () ->
                maker
                    .written(parts)
                    .plus(AUTHORIZATION, "Bearer " + tokens.foreign())
                    .as("caller:two-tokens", new Expected.Refused(Set.of(400, 401), ""))));
    if (isOfAnItem(parts)) {
      add(
          parts,
          ways,
          "other-tenant",
          "Bearer " + tokens.foreign(),
          Expected.Refused.with(404, ""));
    }
    return ways;
  }

  /// Whether it reads one thing that exists, so that another tenant must not find it.
  private boolean isOfAnItem(Parts parts) {
    String collection = ApiOperation.collection(parts.operation().path());
    Optional<List<String>> given = parts.parameters().values().stream().findFirst();
    return parts.operation().method().equals("GET")
        && parts.parameters().size() == 1
        && given.filter(texts -> maker.known().has(collection, texts.getFirst())).isPresent();
  }

  private void add(
      Parts parts, List<Family.Way> ways, String name, String value, Expected expected) {
    ways.add(
        new Family.Way(
            "caller:" + name,
            () -> maker.written(parts).with(AUTHORIZATION, value).as("caller:" + name, expected)));
  }

  private String noToken() {
    return chance.pickText(
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Basic YWRhOnNlY3JldA==",
        "Bearer " + "x".repeat(4000),
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
        "Digest username=\"x\"",
        "bearer\t",
        "Bearer {}",
        "Bearer ..");
  }

  /// One character of the signature is another.
  private String changed(String token) {
    int at = token.lastIndexOf('.') + 1 + chance.below(60);
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }
}
