package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Body;
import dev.manyfactor.contract.model.Body.Content;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes what becomes of a form: the record of its parts, the rule of each, and how it is read.
final class FormWriter {
  private static final int USUAL_MOST = 100;

  private final Contract contract;
  private final Body.Form form;

  FormWriter(Contract contract, Body.Form form) {
    this.contract = contract;
    this.form = form;
  }

  /// The record, which stands beside the outcomes of the operation.
  static List<String> record(Body.Form form) {
    Comment comment = Comment.at(2).text("What comes with the request, part by part.");
    List<String> components = new ArrayList<>();
    List<String> members = new ArrayList<>();
    Discretion discretion = new Discretion(4, "Form");
    for (Body.Part part : form.parts()) {
      comment.tag(
          "@param " + part.component(),
          RecordWriter.described(part.description(), part.deprecated()));
      components.add(type(part) + " " + part.component());
      discretion.component(part.component(), inText(part.content()));
      if (part.deprecated()) {
        members.addAll(RecordWriter.accessor(type(part), part.component()));
      }
    }
    members.addAll(discretion.lines());
    List<String> lines = new ArrayList<>(comment.lines());
    lines.addAll(Layout.call(2, "record Form(", components, members.isEmpty() ? ") {}" : ") {"));
    members.forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
    if (!members.isEmpty()) {
      lines.add("}");
    }
    return lines;
  }

  /// What a part is in the text of its record; an upload tells nothing of its content.
  private static Type inText(Content content) {
    return switch (content) {
      case Content.Field(var type) -> type;
      case Content.Document(var type) -> type;
      case Content.OneFile _ -> Type.Plain.BYTES;
      case Content.Files _ -> Type.Plain.BYTES;
    };
  }

  /// The rules, as arguments of `BodyRule.form`.
  static List<String> rules(Body.Form form) {
    return form.parts().stream().map(FormWriter::rule).toList();
  }

  private static String rule(Body.Part part) {
    String name = Expression.string(part.name());
    return switch (part.content()) {
      case Content.Field(Type.Items items) ->
          "FormPart.fields(%s, %d)".formatted(name, items.maxItems().orElse(USUAL_MOST));
      case Content.Field _ -> "FormPart.field(%s)".formatted(name);
      case Content.Document _ -> "FormPart.document(%s)".formatted(name);
      case Content.OneFile(var rule) ->
          "FormPart.file(%s, %s%s)".formatted(name, maxBytes(rule), mediaTypes(rule));
      case Content.Files(var rule, _, var atMost) ->
          "FormPart.files(%s, %s, %d%s)".formatted(name, maxBytes(rule), atMost, mediaTypes(rule));
    };
  }

  private static String maxBytes(Body.FileRule rule) {
    return Expression.number(rule.maxBytes());
  }

  private static String mediaTypes(Body.FileRule rule) {
    return rule.mediaTypes().stream()
        .map(type -> ", " + Expression.string(type))
        .collect(Collectors.joining());
  }

  /// The codecs that have to be made.
  List<String> constants() {
    List<String> constants = new ArrayList<>();
    for (Body.Part part : form.parts()) {
      switch (part.content()) {
        case Content.Field(var type) ->
            constants.addAll(OperationWriter.constant(constant(part), type));
        case Content.Document(var type) ->
            constants.addAll(OperationWriter.constant(constant(part), type));
        case Content.OneFile _ -> {}
        case Content.Files _ -> {}
      }
    }
    return constants;
  }

  /// How each part is read into a variable.
  List<String> arguments() {
    List<String> lines = new ArrayList<>(List.of("FormInput form = input.form();"));
    for (Body.Part part : form.parts()) {
      String head = "%s %s =".formatted(variableType(part), part.variable());
      lines.addAll(Layout.statement(4, head, read(part)));
    }
    return lines;
  }

  /// The variables in the order of the record's components.
  List<String> variables() {
    return form.parts().stream().map(Body.Part::variable).toList();
  }

  private List<Layout.Call> read(Body.Part part) {
    String name = Expression.string(part.name());
    String presence = isRequired(part) ? "required" : "optional";
    return switch (part.content()) {
      case Content.Field(var type) ->
          List.of(Layout.Call.of("form.field", name), value(part, type, presence));
      case Content.Document(var type) ->
          List.of(
              Layout.Call.of(
                  "form." + presence, name, OperationWriter.codec(constant(part), type)));
      case Content.OneFile _ -> List.of(Layout.Call.of("form." + presence, name));
      case Content.Files(_, var atLeast, _) ->
          List.of(Layout.Call.of("form." + presence + "List", name, Integer.toString(atLeast)));
    };
  }

  private Layout.Call value(Body.Part part, Type type, String presence) {
    String codec = OperationWriter.codec(constant(part), type);
    return Literal.of(contract, type, part.presence())
        .map(absent -> Layout.Call.of(".withDefault", codec, absent))
        .orElseGet(() -> Layout.Call.of("." + presence, codec));
  }

  private static boolean isRequired(Body.Part part) {
    return part.presence() instanceof Presence.Required;
  }

  private static String constant(Body.Part part) {
    return CodecWriter.constantName(part.variable());
  }

  /// A number that is required stays boxed: it is null where it breaks a rule.
  private static String variableType(Body.Part part) {
    String type = type(part);
    return part.content() instanceof Content.Field(var field) && isRequired(part)
        ? JavaType.boxed(field)
        : type;
  }

  private static String type(Body.Part part) {
    return switch (part.content()) {
      case Content.Field(var type) -> JavaType.of(type, part.presence());
      case Content.Document(var type) -> JavaType.of(type, part.presence());
      case Content.OneFile _ -> isRequired(part) ? "Upload" : "Optional<Upload>";
      case Content.Files _ -> isRequired(part) ? "List<Upload>" : "Optional<List<Upload>>";
    };
  }
}
