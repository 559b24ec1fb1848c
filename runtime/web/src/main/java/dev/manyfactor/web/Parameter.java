package dev.manyfactor.web;

import dev.manyfactor.json.Items;
import dev.manyfactor.json.Reporter;
import dev.manyfactor.json.Scalar;
import dev.manyfactor.json.Shape;
import dev.manyfactor.json.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One parameter of a request, to be read as the type that the contract gives it.
///
/// A broken rule is recorded in the input under a pointer such as `query.limit`, `path.id` or
/// `header.x-view`, and the request is then answered with 400. Belongs to one request.
///
/// ~~~java
/// UUID id = input.path("id").required(Scalars.UUID);
/// int limit = input.query("limit").withDefault(Int32.between(1, 100), 20);
/// Optional<UUID> customer = input.query("customer_id").optional(Scalars.UUID);
/// ~~~
public final class Parameter implements Reporter {
  private final Input input;
  private final String pointer;
  private final List<String> values;

  Parameter(Input input, String pointer, List<String> values) {
    this.input = input;
    this.pointer = pointer;
    this.values = values;
  }

  /// The value; `null` if it is absent, which is a violation of rule `required`, or breaks another.
  public <T> @Nullable T required(Scalar<T> type) {
    if (values.isEmpty()) {
      violation("required", "must be given");
      return null;
    }
    return parsed(type);
  }

  /// The value; empty if it is absent or breaks a rule.
  public <T> Optional<T> optional(Scalar<T> type) {
    return values.isEmpty() ? Optional.empty() : Optional.ofNullable(parsed(type));
  }

  /// The value; `absent` if it is absent or breaks a rule.
  public <T> T withDefault(Scalar<T> type, T absent) {
    return optional(type).orElse(absent);
  }

  /// The values of a list, each given once; `null` if there is none, which is a violation of rule
  /// `required`, or if one of them breaks a rule, told under a pointer such as `query.tag/1`.
  public <T> @Nullable List<T> required(Items<T> type) {
    if (values.isEmpty()) {
      violation("required", "must be given");
      return null;
    }
    return parsed(type);
  }

  /// The values of a list; empty if there is none or if one of them breaks a rule.
  public <T> Optional<List<T>> optional(Items<T> type) {
    return values.isEmpty() ? Optional.empty() : Optional.ofNullable(parsed(type));
  }

  /// The values of a list; `absent` if there is none or if one of them breaks a rule.
  public <T> List<T> withDefault(Items<T> type, List<T> absent) {
    return optional(type).orElse(absent);
  }

  /// Records a violation of a rule that only the caller knows.
  @Override
  public void violation(String rule, String detail) {
    input.violation(new Violation(pointer, rule, detail));
  }

  private <T> @Nullable List<T> parsed(Items<T> type) {
    return type.parse(
        values,
        this,
        position ->
            Judged.of(
                new Parameter(input, pointer + "/" + position, List.of()), values.get(position)));
  }

  private <T> @Nullable T parsed(Scalar<T> type) {
    if (values.size() > 1) {
      violation("maxItems", "must be given once, but is given " + values.size() + " times");
      return null;
    }
    return type.parse(values.getFirst(), Judged.of(this, values.getFirst()));
  }

  /// Adds to a broken rule what came.
  private record Judged(Parameter parameter, String text, boolean isDiscreet) implements Reporter {
    private static Judged of(Parameter parameter, String text) {
      return new Judged(parameter, text, false);
    }

    @Override
    public void violation(String rule, String detail) {
      parameter.violation(
          rule, Shape.told(detail, isDiscreet ? Shape.of(text) : Shape.shown(text)));
    }

    @Override
    public Reporter discreet() {
      return new Judged(parameter, text, true);
    }
  }
}
