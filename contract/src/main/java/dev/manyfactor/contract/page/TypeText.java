package dev.manyfactor.contract.page;

import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import java.util.List;

/// Writes what a value is: its type, with links to those that have a name, and its rules.
final class TypeText {
  private TypeText() {}

  /// The type and, after it, the rules.
  static void write(Html html, Type type) {
    html.open("span", "class", "type");
    words(html, type);
    html.close("span");
    for (String rule : Rules.of(type)) {
      html.text(" ").element("span", rule, "class", "rule");
    }
  }

  /// Whether a value has to be there, and what it is if not.
  static String presence(Presence presence) {
    return switch (presence) {
      case Presence.Required() -> "required";
      case Presence.Optional() -> "optional";
      case Presence.Nullable() -> "required, may be null";
      case Presence.OptionalOrNull() -> "optional, may be null";
      case Presence.Default(var text) -> "optional; without it " + text;
      case Presence.DefaultItems(List<String> items) ->
          "optional; without it [" + String.join(", ", items) + "]";
    };
  }

  /// Where a type of this name is on the page.
  static String anchor(String type) {
    return "type-" + type;
  }

  private static void words(Html html, Type type) {
    switch (type) {
      case Type.Text text ->
          html.text(text.form() == Type.Form.EMAIL ? "string (email address)" : "string");
      case Type.Plain plain -> html.text(plain(plain));
      case Type.Whole whole ->
          html.text(whole.width() == Type.Width.INT32 ? "integer" : "integer (64 bits)");
      case Type.Decimal decimal ->
          html.text(
              decimal.notation() == Type.Notation.TEXT ? "string (decimal number)" : "number");
      case Type.Binary _ -> html.text("number (double)");
      case Type.Among among -> words(html, among.of());
      case Type.Sensitive sensitive -> words(html, sensitive.of());
      case Type.Choice choice -> html.link("#" + anchor(choice.name()), choice.name());
      case Type.Reference reference -> html.link("#" + anchor(reference.name()), reference.name());
      case Type.Items items -> {
        html.text("array of ");
        words(html, items.item());
      }
      case Type.Entries entries -> {
        html.text("map of names to ");
        words(html, entries.value());
      }
      case Type.Any _ -> html.text("any JSON");
      case Type.Possible possible -> {
        words(html, possible.of());
        html.text(" or null");
      }
    }
  }

  private static String plain(Type.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> "boolean";
      case UUID -> "string (UUID)";
      case DATE -> "string (date)";
      case DATE_TIME -> "string (date and time)";
      case URI -> "string (URI)";
      case URI_REFERENCE -> "string (URI or relative reference)";
      case BYTES -> "string (base64)";
    };
  }
}
