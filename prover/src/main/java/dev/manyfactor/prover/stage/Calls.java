package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Outline;
import dev.manyfactor.prover.trial.Subject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes requests of samples.
///
/// @param tokens a token for scopes
record Calls(Subject subject, Function<Set<String>, String> tokens) {
  private static final Pattern MEMBER = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+"); // as a path may hold it

  /// A request of a sample, as nobody has sent it before.
  Call of(Manifest.Sample sample) {
    String unique = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    Map<String, String> headers = new LinkedHashMap<>();
    Optional<Outline.Operation> operation = operation(sample.method(), sample.path());
    authorize(headers, operation, sample.scopes());
    if (takesKey(sample, operation)) {
      headers.put("Idempotency-Key", UUID.randomUUID().toString());
    }
    headers.put("traceparent", traceparent());
    return new Call(
        sample.method(),
        sample.path().replace("{unique}", unique),
        headers,
        sample.body().map(body -> body.replace("{unique}", unique)));
  }

  /// The read of what was made.
  Optional<Call> readOf(Manifest.Sample sample, Exchange made) {
    return sample
        .read()
        .map(template -> filled(template, made.body()))
        .orElseGet(() -> location(made))
        .map(path -> {
          Map<String, String> headers = new LinkedHashMap<>();
          authorize(headers, operation("GET", path), sample.scopes());
          headers.put("traceparent", traceparent());
          return new Call("GET", path, headers, Optional.empty());
        });
  }

  private static boolean takesKey(Manifest.Sample sample, Optional<Outline.Operation> operation) {
    return sample
        .idempotency()
        .or(() -> operation.flatMap(Outline.Operation::idempotency))
        .filter("key"::equals)
        .isPresent();
  }

  private void authorize(
      Map<String, String> headers, Optional<Outline.Operation> operation, Set<String> scopes) {
    boolean isOpen = operation.map(Outline.Operation::isPublic).orElse(false);
    if (!isOpen && !subject.manifest().dependencies(Dependency.Oidc.class).isEmpty()) {
      Set<String> all = new TreeSet<>(scopes);
      operation.ifPresent(known -> all.addAll(known.scopes()));
      headers.put("Authorization", "Bearer " + tokens.apply(all));
    }
  }

  private Optional<Outline.Operation> operation(String method, String path) {
    return subject.operations().flatMap(outline -> outline.operation(method, path));
  }

  private static Optional<String> location(Exchange made) {
    return made.result() instanceof Exchange.Result.Answer answer
        ? answer.header("location").flatMap(address -> pathOf(address, made.call().path()))
        : Optional.empty();
  }

  /// Where an address leads that was given in answer to a request; empty if it is none.
  private static Optional<String> pathOf(String location, String asked) {
    try {
      URI address = URI.create(asked.split("\\?", 2)[0]).resolve(location.strip());
      String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
      return Optional.ofNullable(address.getRawPath())
          .filter(path -> path.startsWith("/"))
          .map(path -> path + query);
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /// A path with members of an answer in it; empty if the answer lacks one, for what is read then
  /// is something else.
  private static Optional<String> filled(String template, String body) {
    JsonNode answer = parsed(body);
    StringBuilder path = new StringBuilder();
    Matcher member = MEMBER.matcher(template);
    while (member.find()) {
      String value = answer.at("/" + member.group(1).replace('.', '/')).asString("");
      if (!VISIBLE.matcher(value).matches()) {
        return Optional.empty();
      }
      member.appendReplacement(path, Matcher.quoteReplacement(value));
    }
    return Optional.of(member.appendTail(path).toString());
  }

  private static JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException noJson) {
      return JsonMapper.shared().nullNode();
    }
  }

  private static String traceparent() {
    String random = UUID.randomUUID().toString().replace("-", "");
    String span = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    return "00-%s-%s-01".formatted(random, span);
  }
}
