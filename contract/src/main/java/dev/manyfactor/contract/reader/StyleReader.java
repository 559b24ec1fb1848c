package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Type;

/// Reads how a parameter or header is written: `style` and `explode`.
///
/// Each place has the one style that it has anyway in OpenAPI: `form` in a query, `simple`
/// elsewhere.
final class StyleReader {
  private final Node node;
  private final Parameter.Place place;

  StyleReader(Node node, Parameter.Place place) {
    this.node = node;
    this.place = place;
  }

  Parameter.Notation read(Type type) {
    String usual = place == Parameter.Place.QUERY ? "form" : "simple";
    String style = node.text("style").orElse(usual);
    if (!style.equals(usual)) {
      node.problem("style", "the style '%s' is not supported; %s".formatted(style, remedy(style)));
    }
    boolean explode = node.truth("explode", usual.equals("form"));
    if (!(type instanceof Type.Items)) {
      return Parameter.Notation.SINGLE;
    }
    if (place == Parameter.Place.PATH) {
      node.problem("schema", "a path parameter is one value; put a list into the query");
    }
    return explode && usual.equals("form")
        ? Parameter.Notation.REPEATED
        : Parameter.Notation.SEPARATED;
  }

  private String remedy(String style) {
    if (place != Parameter.Place.QUERY) {
      return "leave it out: values in a path or header are simple";
    }
    return style.equals("deepObject")
        ? "give each field a parameter of its own"
        : "use form, with explode: true for ?a=1&a=2 or explode: false for ?a=1,2";
  }
}
