package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiContent;
import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.contract.ApiParameter;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Notation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes valid requests, in all the ways in which one may be written. For one thread.
final class Maker {
  static final String KEY = "Idempotency-Key";
  private static final int MANY = 4;

  private final Api api;
  private final Values values;
  private final Known known;
  private final Tokens tokens;
  private final Chance chance;
  private final String name;
  private final Texts texts;
  private final Numbers numbers;

  /// @param name of the request among all of its run
  Maker(Api api, Known known, Tokens tokens, Chance chance, String name) {
    this.api = api;
    this.values = new Values(api, known, chance);
    this.known = known;
    this.tokens = tokens;
    this.chance = chance;
    this.name = name;
    this.texts = new Texts(chance);
    this.numbers = new Numbers(chance);
  }

  Chance chance() {
    return chance;
  }

  Tokens tokens() {
    return tokens;
  }

  Values values() {
    return values;
  }

  Texts texts() {
    return texts;
  }

  Numbers numbers() {
    return numbers;
  }

  Known known() {
    return known;
  }

  /// A key that no other request has.
  String key() {
    return "fuzz-" + name + "-" + chance.hex(16);
  }

  Parts valid(ApiOperation operation) {
    Map<ApiParameter, List<String>> parameters = new LinkedHashMap<>();
    for (ApiParameter parameter : chance.shuffled(operation.parameters())) {
      if (parameter.required() || chance.oneIn(2)) {
        parameters.put(parameter, texts(operation, parameter));
      }
    }
    var parts =
        new Parts(operation, parameters, Optional.empty(), Optional.empty(), headers(operation));
    return operation
        .body()
        .filter(it -> it.required() || !chance.oneIn(4))
        .map(it -> withBody(parts, it.content()))
        .orElse(parts);
  }

  private Parts withBody(Parts parts, ApiContent content) {
    var files = new Files(api, this);
    return switch (content) {
      case ApiContent.Json(var shape) -> parts.with(values.of(shape));
      case ApiContent.Body(var file) -> parts.with(files.body(file));
      case ApiContent.Form form -> parts.with(files.written(files.parts(form)));
    };
  }

  private List<String> texts(ApiOperation operation, ApiParameter parameter) {
    Alphabet alphabet = alphabet(parameter);
    if (parameter.in() == ApiParameter.In.PATH && chance.percent(85)) {
      Optional<String> id = known.in(ApiOperation.collection(operation.path()), chance);
      if (id.isPresent()) {
        return List.of(id.get());
      }
    }
    Shape shape = api.resolved(parameter.shape());
    if (!(shape instanceof Shape.Sequence sequence)) {
      Optional<String> id =
          chance.percent(80) ? known.of(parameter.name(), chance) : Optional.empty();
      return List.of(id.orElseGet(() -> scalar(shape, alphabet)));
    }
    int least = Math.max(1, sequence.minItems());
    int count = chance.between(least, Math.max(least, Math.min(sequence.maxItems(), MANY)));
    var items = new ArrayList<String>();
    for (int tries = 0; items.size() < count && tries < 50; tries++) {
      String item = scalar(api.resolved(sequence.items()), alphabet);
      if (!sequence.unique() || !items.contains(item)) {
        items.add(item);
      }
    }
    return items;
  }

  static Alphabet alphabet(ApiParameter parameter) {
    return switch (parameter.in()) {
      case PATH -> Alphabet.SEGMENT;
      case QUERY -> Alphabet.ANY;
      case HEADER -> Alphabet.HEADER;
    };
  }

  /// The text of a scalar in a parameter, where numbers have plain digits only.
  String scalar(Shape shape, Alphabet alphabet) {
    return switch (shape) {
      case Shape.Words words -> texts.valid(words, alphabet);
      case Shape.Numeric numeric -> numbers.valid(numeric).toPlainString();
      case Shape.Fixed(var all) -> chance.pick(all);
      case Shape.Truth() -> String.valueOf(chance.oneIn(2));
      case Shape.Nullable(var other) -> scalar(api.resolved(other), alphabet);
      case Shape.Named _, Shape.Struct _, Shape.Sequence _, Shape.Mapping _, Shape.Union _ ->
          throw new IllegalArgumentException("a parameter is a scalar, not " + shape);
    };
  }

  private List<Draft.Header> headers(ApiOperation operation) {
    var headers = new ArrayList<Draft.Header>();
    headers.add(new Draft.Header(chance.pickText("Host", "host", "HOST"), "localhost"));
    if (operation.scopes().isPresent()) {
      String scheme = chance.oneIn(6) ? chance.pickText("bearer", "BEARER") : "Bearer";
      headers.add(new Draft.Header("Authorization", scheme + " " + tokens.good()));
    }
    if (operation.keyed()) {
      String key = key();
      headers.add(new Draft.Header(KEY, chance.oneIn(2) ? '"' + key + '"' : key));
    }
    if (chance.oneIn(4)) {
      headers.add(new Draft.Header("Accept", accept()));
    }
    if (chance.oneIn(4)) {
      headers.add(new Draft.Header("traceparent", traceparent()));
    }
    if (chance.oneIn(10)) {
      headers.add(
          new Draft.Header("X-Unheard-Of", texts.ofLength(chance.below(40), Alphabet.HEADER)));
    }
    return headers;
  }

  private String accept() {
    return chance.pickText(
        "*/*",
        "application/*, text/*",
        "text/html;q=0.9, */*;q=0.1",
        "application/json, application/octet-stream, text/csv, text/plain",
        "",
        "*/*;q=0.001");
  }

  private String traceparent() {
    return chance.oneIn(4)
        ? chance.pickText(
            "",
            "00-0-0-0",
            "ff-" + chance.hex(32) + "-" + chance.hex(16) + "-01",
            "00-" + "0".repeat(32) + "-" + chance.hex(16) + "-01",
            "x".repeat(500))
        : "00-" + chance.hex(31) + "1-" + chance.hex(15) + "1-0" + chance.below(2);
  }

  /// The request as it is sent, often as a plain client would write it.
  Draft written(Parts parts) {
    Optional<byte[]> body =
        parts.body().isPresent() && chance.oneIn(2)
            ? Optional.of(bytes(Notation.any(parts.body().get(), chance::below)))
            : parts.plain();
    Draft draft = draft(parts, body);
    if (body.isPresent() && chance.oneIn(5)) {
      draft = draft.delivered(new Draft.Delivery.Chunked(chance.between(1, 700)));
    }
    return parts.operation().method().equals("GET") && chance.oneIn(10)
        ? draft.withMethod("HEAD").as("valid-head", new Expected.Served())
        : draft;
  }

  /// The request as it is sent, with these bytes for a body.
  Draft draft(Parts parts, Optional<byte[]> body) {
    Draft draft =
        new Draft(
            "valid",
            parts.operation(),
            parts.head(chance),
            body,
            new Draft.Delivery.Measured(),
            new Expected.Served());
    boolean none = body.isEmpty() && parts.operation().body().isPresent();
    if (none) {
      draft = draft.plus("Content-Length", "0");
    }
    return body.isPresent()
        ? draft.plus(
            "Content-Type", parts.payload().map(Payload::mediaType).orElseGet(this::mediaType))
        : draft;
  }

  private String mediaType() {
    return chance.oneIn(5)
        ? chance.pickText(
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/json;charset=\"UTF-8\"",
            "application/json ")
        : "application/json";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
