package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.ApiContent;
import dev.manyfactor.fuzz.document.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Requests whose headers or body are not what the operation takes.
final class Heads {
  private static final int BODY = (1 << 20) + 1;

  private final Maker maker;
  private final Chance chance;

  Heads(Maker maker) {
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    var ways = new ArrayList<Family.Way>();
    negotiation(parts, ways);
    if (parts.operation().body().isPresent()) {
      content(parts, ways);
    } else {
      way(
          parts,
          ways,
          "body-not-expected",
          Expected.Refused.with(400, "body-not-expected"),
          it -> it.with("Content-Type", "application/json").withBody("{}"));
    }
    return ways;
  }

  private void negotiation(Parts parts, List<Family.Way> ways) {
    boolean answers =
        parts.operation().responses().entrySet().stream()
            .anyMatch(it -> it.getKey().startsWith("2") && !it.getValue().schemas().isEmpty());
    if (answers) {
      way(
          parts,
          ways,
          "not-acceptable",
          Expected.Refused.with(406, "not-acceptable"),
          it ->
              it.with(
                  "Accept",
                  chance.pickText(
                      "image/png", "image/*, video/*", "*/*;q=0", "application/jso", "x/y;q=1")));
    }
    way(
        parts,
        ways,
        "expectation",
        Expected.Refused.with(417, ""),
        it -> it.with("Expect", chance.pickText("200-ok", "x=y")));
  }

  private void content(Parts parts, List<Family.Way> ways) {
    Expected type = Expected.Refused.with(415, "unsupported-media-type");
    if (parts.plain().isPresent()) {
      way(
          parts,
          ways,
          "wrong-content-type",
          type,
          it ->
              it.with(
                  "Content-Type",
                  chance.pickText(
                      "text/plain",
                      "application/xml",
                      "application/x-www-form-urlencoded",
                      "application/jsonp",
                      "application/json; charset=latin1",
                      "application/json, text/plain",
                      "json",
                      "",
                      "*/*",
                      "multipart/form-data")));
      Expected untyped =
          parts.payload().isPresent() ? new Expected.Refused(Set.of(400, 415), "") : type;
      way(parts, ways, "no-content-type", untyped, it -> it.without("Content-Type"));
      way(
          parts,
          ways,
          "content-encoding",
          type,
          it -> it.with("Content-Encoding", chance.pickText("gzip", "br", "deflate", "x")));
    }
    boolean required = parts.operation().body().orElseThrow().required();
    Expected noBody =
        switch (parts.operation().body().orElseThrow().content()) {
          case ApiContent.Json _ -> new Expected.Violating(Set.of(""));
          case ApiContent.Form _ -> new Expected.Refused(Set.of(400), "");
          case ApiContent.Body _ -> new Expected.Either(); // a file may have no bytes
        };
    if (required) {
      way(
          parts,
          ways,
          "no-body",
          noBody,
          it -> it.withoutBody().without("Content-Type").with("Content-Length", "0"));
      way(parts, ways, "empty-body", noBody, it -> it.withBody(""));
    }
    way(parts, ways, "too-large", Expected.Refused.with(413, "content-too-large"), this::tooLarge);
  }

  /// Mostly the announcement alone is too large.
  private Draft tooLarge(Draft it) {
    boolean hasType =
        it.head().headers().stream().anyMatch(header -> header.name().equals("Content-Type"));
    Draft typed = hasType ? it : it.with("Content-Type", "application/json");
    if (chance.oneIn(8)
        && it.operation().body().flatMap(body -> body.content().json()).isPresent()) {
      byte[] bytes = Maker.bytes(" ".repeat(BODY));
      Draft large = typed.without("Content-Length").withBody(bytes);
      return chance.oneIn(2) ? large : large.delivered(new Draft.Delivery.Chunked(16_384));
    }
    Draft announced =
        typed
            .withoutBody()
            .with("Content-Length", String.valueOf(BODY + (long) chance.below(Integer.MAX_VALUE)));
    return announced.delivered(
        new Draft.Delivery.AsIs(
            Octets.of(announced.delivered(new Draft.Delivery.Measured()).bytes()), false));
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
              Optional<byte[]> body = parts.plain();
              return change.apply(maker.draft(parts, body)).as(kind, expected);
            }));
  }
}
