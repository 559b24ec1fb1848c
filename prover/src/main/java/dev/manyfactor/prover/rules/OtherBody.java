package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request like another one but for its body, which the service takes as well: it was sent under
/// a key of its own, and succeeded.
///
/// @param call as it would be sent; without its key
/// @param taken what came when it, or one made in the same way, was sent under a key of its own
record OtherBody(Call call, Exchange taken) {
  private static final int MOST_ATTEMPTS = 5;

  /// One beside a request; empty if the service takes none of those that were tried.
  ///
  /// A sample with `{unique}` gives one by itself. Otherwise members of the body are changed, one
  /// at a time, until the service takes it.
  static Optional<OtherBody> beside(Call first, Scene scene, Manifest.Sample sample, Running web)
      throws InterruptedException {
    Call fresh = scene.call(sample);
    if (!fresh.body().equals(first.body())) {
      Exchange taken = web.send(underOwnKey(scene.call(sample)));
      return taken.succeeded()
          ? Optional.of(new OtherBody(with(first, fresh.body().orElse("")), taken))
          : Optional.empty();
    }
    for (String body : variants(first.body().orElse(""))) {
      Exchange taken = web.send(underOwnKey(with(first, body)));
      if (taken.succeeded()) {
        return Optional.of(new OtherBody(with(first, body), taken));
      }
    }
    return Optional.empty();
  }

  private static Call underOwnKey(Call call) {
    return call.with(Creation.KEY, UUID.randomUUID().toString());
  }

  private static Call with(Call call, String body) {
    return new Call(call.method(), call.path(), call.headers(), Optional.of(body));
  }

  private static List<String> variants(String body) {
    List<String> variants = new ArrayList<>();
    if (parsed(body) instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        changed(member.getValue())
            .ifPresent(
                value -> variants.add(object.deepCopy().set(member.getKey(), value).toString()));
      }
    }
    return variants.subList(0, Math.min(MOST_ATTEMPTS, variants.size()));
  }

  private static Optional<JsonNode> changed(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Optional.of(JsonMapper.shared().valueToTree(value.asLong() + 1));
    }
    return value.isString()
        ? Optional.of(JsonMapper.shared().valueToTree(value.asString() + " too"))
        : Optional.empty();
  }

  private static JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException noJson) {
      return JsonMapper.shared().nullNode();
    }
  }
}
