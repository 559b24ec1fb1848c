package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Idempotency;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.model.Parameter;
import java.util.List;
import java.util.Locale;

/// Writes what is to be known of one operation.
final class OperationSection {
  private final Operation operation;
  private final Tree text;
  private final Html html;

  /// @param text what the contract says of it
  OperationSection(Operation operation, Tree text, Html html) {
    this.operation = operation;
    this.text = text;
    this.html = html;
  }

  /// Where an operation is on the page.
  static String anchor(Operation operation) {
    return "operation-" + operation.id();
  }

  /// Its method and path.
  static void name(Html html, Operation operation) {
    html.element(
        "span",
        operation.method(),
        "class",
        "method " + operation.method().toLowerCase(Locale.ROOT));
    html.text(" ").element("code", operation.path());
  }

  void write() {
    html.open("article", "id", anchor(operation)).open("h3");
    name(html, operation);
    html.close("h3");
    if (operation.deprecated()) {
      html.element("p", "Deprecated: callers are asked to leave it.", "class", "deprecated");
    }
    html.markdown(operation.description());
    promises();
    parameters();
    body();
    outcomes();
    html.close("article").line();
  }

  private void promises() {
    html.open("ul", "class", "promises");
    html.element("li", access(operation.promises().access()));
    html.element("li", repetition(operation.promises().idempotency()));
    long millis = operation.promises().deadline().toMillis();
    String deadline = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    html.element("li", "Answered within %s, or with 504.".formatted(deadline));
    html.close("ul");
  }

  private static String access(Access access) {
    return switch (access) {
      case Access.Public() -> "For everyone, without a token.";
      case Access.Scopes(var all) when all.isEmpty() -> "For every caller with a bearer token.";
      case Access.Scopes(var all) ->
          "For callers whose bearer token has %s %s."
              .formatted(all.size() == 1 ? "the scope" : "the scopes", String.join(" and ", all));
    };
  }

  private static String repetition(Idempotency idempotency) {
    return switch (idempotency) {
      case Idempotency.Keyed() ->
          "Needs the header Idempotency-Key, 16 to 128 characters: repeated with the same key it is"
              + " done once and answered the same, for as many seconds as the header"
              + " Idempotency-Retention of the answer says.";
      case Idempotency.Natural(var columns) ->
          "Safe to repeat: done once per %s.".formatted(String.join(", ", columns));
      case Idempotency.Safe() -> "Safe to repeat.";
      case Idempotency.None(var reason) -> "Not safe to repeat: %s.".formatted(reason);
    };
  }

  private void parameters() {
    if (operation.parameters().isEmpty()) {
      return;
    }
    html.element("h4", "Parameters");
    FieldTable table = new FieldTable(html);
    table.start("Parameter");
    for (Parameter parameter : operation.parameters()) {
      String place = parameter.place().name().toLowerCase(Locale.ROOT);
      table.row(
          new FieldTable.Row(
              parameter.name(),
              place + notation(parameter),
              FieldTable.typed(parameter.type()),
              TypeText.presence(parameter.presence()),
              parameter.description(),
              parameter.deprecated()));
    }
    table.end();
  }

  private static String notation(Parameter parameter) {
    return switch (parameter.notation()) {
      case SINGLE -> "";
      case REPEATED -> ", once for each item";
      case SEPARATED -> ", items separated by commas";
      case SPACED -> ", items separated by spaces (%20)";
      case PIPED -> ", items separated by bars (%7C)";
    };
  }

  private void body() {
    operation
        .body()
        .ifPresent(body -> {
          new BodySection(html).write(body);
          samples(text.at("requestBody").at("content").at("application/json"));
        });
  }

  private void outcomes() {
    html.element("h4", "Answers");
    for (Outcome outcome : operation.outcomes()) {
      html.open("div", "class", "answer").open("h5");
      html.element("span", String.valueOf(outcome.status()), "class", kind(outcome.status()));
      html.text(" " + phrase(outcome.name())).close("h5").markdown(outcome.description());
      content(outcome);
      headers(outcome);
      html.close("div");
    }
    html.open("p", "class", "others").text("Every other answer is a ");
    html.link("#problems", "problem").text(".").close("p");
  }

  private static String kind(int status) {
    return "status " + (status < 400 ? "good" : "bad");
  }

  /// `NoContent` as words.
  private static String phrase(String name) {
    return name.equals("Ok") ? "OK" : name.replaceAll("([a-z])([A-Z])", "$1 $2");
  }

  private void content(Outcome outcome) {
    Tree content = text.at("responses").at(String.valueOf(outcome.status())).at("content");
    switch (outcome.content()) {
      case Outcome.Content.Empty() -> {}
      case Outcome.Content.Json(var type) -> {
        html.open("p").element("code", "application/json").text(": ");
        TypeText.write(html, type);
        html.close("p");
      }
      case Outcome.Content.Problem() ->
          html.open("p").element("code", "application/problem+json").close("p");
      case Outcome.Content.Text(var mediaType) ->
          html.open("p").element("code", mediaType).close("p");
      case Outcome.Content.Download(var mediaType) ->
          html.open("p").element("code", mediaType).text(": a file").close("p");
    }
    content.keys().forEach(mediaType -> samples(content.at(mediaType)));
  }

  private void headers(Outcome outcome) {
    List<Outcome.Header> headers = outcome.headers();
    if (headers.isEmpty()) {
      return;
    }
    FieldTable table = new FieldTable(html);
    table.start("Header");
    for (Outcome.Header header : headers) {
      table.row(
          new FieldTable.Row(
              header.name(),
              "",
              FieldTable.typed(header.type()),
              header.required() ? "always" : "sometimes",
              header.description(),
              false));
    }
    table.end();
  }

  private void samples(Tree media) {
    Sample.of(media).forEach(sample -> FieldTable.sample(html, sample));
  }
}
