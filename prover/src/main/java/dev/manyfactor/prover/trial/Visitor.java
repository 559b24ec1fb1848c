package dev.manyfactor.prover.trial;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who uses a service as a person does with a browser: sends the cookies back that it
/// sets, and the token that it hands out. For one thread.
public final class Visitor {
  private static final List<String> TOKENS =
      List.of("access_token", "accessToken", "token", "id_token", "idToken", "jwt");

  private final Cookies cookies = new Cookies();
  private Optional<String> token = Optional.empty();

  /// Sends a request and keeps what its answer hands out.
  public Exchange send(Running to, Call call) throws InterruptedException {
    Exchange exchange = to.send(with(call));
    cookies.take(exchange);
    token = tokenIn(exchange).or(() -> token);
    return exchange;
  }

  /// A request with all that was handed out; a token of its own stays.
  public Call with(Call call) {
    boolean isAuthorized =
        call.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
    Call authorized =
        isAuthorized
            ? call
            : token.map(value -> call.with("Authorization", "Bearer " + value)).orElse(call);
    return cookies.on(authorized);
  }

  /// What of a request says who sends it, by the names of its headers.
  public static List<String> credentialsOf(Call call) {
    return call.headers().keySet().stream()
        .filter(name -> List.of("authorization", "cookie").contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// Whether an answer sets a cookie or hands out a token.
  public static boolean isGivenCredentialsBy(Exchange exchange) {
    return !Cookies.namesIn(exchange).isEmpty() || tokenIn(exchange).isPresent();
  }

  /// A token that an answer hands out as a member of its body.
  private static Optional<String> tokenIn(Exchange exchange) {
    if (!exchange.succeeded()) {
      return Optional.empty();
    }
    JsonNode body = parsed(exchange.body());
    return TOKENS.stream()
        .map(name -> body.path(name).asString(""))
        .filter(value -> value.length() >= 16)
        .findFirst();
  }

  private static JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException noJson) {
      return JsonMapper.shared().nullNode();
    }
  }
}
