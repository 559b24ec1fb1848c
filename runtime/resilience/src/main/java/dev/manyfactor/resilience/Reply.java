package dev.manyfactor.resilience;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What an upstream answered, read completely. Immutable.
public final class Reply {
  private static final int MOST_VIOLATIONS = 5;

  private final Target target;
  private final HttpResponse<byte[]> response;
  private final Instruments instruments;

  Reply(Target target, HttpResponse<byte[]> response, Instruments instruments) {
    this.target = target;
    this.response = response;
    this.instruments = instruments;
  }

  /// 200 to 299 or 400 to 499.
  public int status() {
    return response.statusCode();
  }

  /// Whether the status is 2xx.
  public boolean isSuccess() {
    return status() / 100 == 2;
  }

  /// The first value of a header, its name in any case.
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /// The body of a success, as JSON.
  ///
  /// @throws UpstreamException.BadReply if the status is not 2xx, or the body is not what `codec`
  ///   reads; a 4xx that means something to the caller is to be looked for before, by [#status]
  public <T> T body(Codec<T> codec) {
    if (!isSuccess()) {
      throw unusable("answered " + status() + ", which was not expected");
    }
    return switch (Json.parse(response.body(), Codec.discreet(codec))) {
      case Parsed.Valid<T>(T value) -> value;
      case Parsed.Invalid<T>(List<Violation> violations) ->
          throw unusable("answered with JSON that breaks its contract: " + listed(violations));
      case Parsed.Malformed<T>(String detail) ->
          throw unusable("answered with something that is not JSON: " + detail);
    };
  }

  /// A failure to throw when this answer makes no sense to the caller; counts as an error of the
  /// upstream.
  ///
  /// @param why what the upstream did, after its name: `answered with a charge of another payment`
  public UpstreamException.BadReply unusable(String why) {
    instruments.countError();
    return new UpstreamException.BadReply(target, why, OptionalInt.of(status()));
  }

  private static String listed(List<Violation> violations) {
    return violations.stream()
        .limit(MOST_VIOLATIONS)
        .map(violation -> violation.pointer() + " " + violation.detail())
        .collect(Collectors.joining("; "));
  }

  /// A copy of the body, whatever the status; at most `maxResponseBytes`.
  public byte[] bytes() {
    return response.body().clone();
  }
}
