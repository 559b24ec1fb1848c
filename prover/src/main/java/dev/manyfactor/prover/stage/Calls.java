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
        .or(() -> location(made))
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
    return subject.operations().stream()
        .flatMap(outline -> outline.operations().stream())
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> matches(operation.path(), path))
        .findFirst();
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("\\?", 2)[0].split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int index = 0; index < wanted.length; index++) {
      if (!wanted[index].contains("{") && !wanted[index].equals(given[index])) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> location(Exchange made) {
    return made.result() instanceof Exchange.Result.Answer answer
        ? answer.header("location").map(Calls::pathOf)
        : Optional.empty();
  }

  private static String pathOf(String location) {
    URI address = URI.create(location);
    return address.getRawQuery() == null
        ? address.getRawPath()
        : address.getRawPath() + "?" + address.getRawQuery();
  }

  private static String filled(String template, String body) {
    JsonNode answer = parsed(body);
    return MEMBER
        .matcher(template)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                answer.at("/" + found.group(1).replace('.', '/')).asString("")));
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
