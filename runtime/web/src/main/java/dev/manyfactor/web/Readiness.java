package dev.manyfactor.web;

import dev.manyfactor.json.Field;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.json.Text;
import java.util.List;
import java.util.Optional;

/// How the checks of a process went.
///
/// @param ready whether all of them hold
/// @param results one per check
record Readiness(boolean ready, List<Result> results) {
  private static final Field<String> NAME = Field.required("name", Text.ANY);
  private static final Field<Boolean> READY = Field.required("ready", Scalars.BOOLEAN);
  private static final Field<Optional<String>> DETAIL = Field.optional("detail", Text.ANY);
  private static final WriteOnly<Result> RESULT = Readiness::write;
  private static final Field<List<Result>> CHECKS = Field.required("checks", Items.of(RESULT));
  private static final WriteOnly<Readiness> DETAILED = Readiness::write;
  private static final WriteOnly<Readiness> BRIEF =
      (out, readiness) -> out.startObject().field(READY, readiness.ready()).endObject();

  /// How one check went.
  ///
  /// @param detail what is missing; empty if the check holds
  record Result(String name, Optional<String> detail) {}

  static Readiness of(List<Result> results) {
    return new Readiness(
        results.stream().allMatch(result -> result.detail().isEmpty()), List.copyOf(results));
  }

  static Readiness not(String name, String detail) {
    return of(List.of(new Result(name, Optional.of(detail))));
  }

  /// 200 or 503, with every check and what is missing: for operators.
  Response inDetail() {
    return Response.json(ready ? 200 : 503, DETAILED, this);
  }

  /// 200 or 503, and nothing about the inside: for a port that strangers reach.
  Response inBrief() {
    return Response.json(ready ? 200 : 503, BRIEF, this);
  }

  private static void write(JsonWriter out, Readiness readiness) {
    out.startObject()
        .field(READY, readiness.ready())
        .field(CHECKS, readiness.results())
        .endObject();
  }

  private static void write(JsonWriter out, Result result) {
    out.startObject()
        .field(NAME, result.name())
        .field(READY, result.detail().isEmpty())
        .field(DETAIL, result.detail())
        .endObject();
  }
}
