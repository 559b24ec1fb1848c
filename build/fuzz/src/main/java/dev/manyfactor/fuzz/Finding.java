package dev.manyfactor.fuzz;

import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.judge.Fault;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// A request that was not answered as it should be.
///
/// @param index which request of the seed it is
/// @param kind what was done to make it
/// @param request as text, without the token
record Finding(String service, long seed, long index, String kind, Fault fault, String request) {
  private static final int LONGEST = 4_000;

  static Finding of(String service, long seed, long index, Draft draft, Fault fault) {
    return new Finding(service, seed, index, draft.kind(), fault, shown(draft));
  }

  private static String shown(Draft draft) {
    return switch (draft.delivery()) {
      case Draft.Delivery.AsIs(var bytes, var _) ->
          "printf '%s' | nc localhost $PORT".formatted(printable(bytes.array()));
      case Draft.Delivery.Measured(), Draft.Delivery.Chunked _ -> curl(draft);
    };
  }

  private static String curl(Draft draft) {
    String headers =
        draft.head().headers().stream()
            .map(it -> "-H " + quoted(it.name() + ": " + it.value()))
            .collect(Collectors.joining(" "));
    String body =
        draft
            .body()
            .map(bytes -> " --data-binary " + quoted(new String(bytes, StandardCharsets.UTF_8)))
            .orElse("");
    return cut(
        "curl -i -X %s --path-as-is %s %s%s"
            .formatted(
                draft.head().method(),
                quoted("http://localhost:$PORT" + draft.head().target()),
                withoutToken(headers),
                body));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String printable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return cut(
        withoutToken(text)
            .chars()
            .mapToObj(c -> c < ' ' || c > '~' ? "\\x%02x".formatted(c) : String.valueOf((char) c))
            .collect(Collectors.joining()));
  }

  private static String withoutToken(String text) {
    return text.replaceAll("eyJ[A-Za-z0-9_.-]{20,}", "\\$TOKEN");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  @Override
  public String toString() {
    return "%s: seed %d, index %d, %s\n  %s: %s\n  %s"
        .formatted(service, seed, index, kind, fault.rule(), cut(fault.detail()), request);
  }
}
