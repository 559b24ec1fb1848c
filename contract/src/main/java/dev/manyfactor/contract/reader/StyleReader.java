package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Parameter;
import dev.manyfactor.contract.model.Parameter.Notation;
import dev.manyfactor.contract.model.Type;
import java.util.Optional;

/// Reads how a parameter or header is written: `style` and `explode`.
///
/// A path and a header have the one style that they have anyway in OpenAPI, `simple`; a query has
/// `form`, and for lists two more.
final class StyleReader {
  private final Node node;
  private final Parameter.Place place;

  StyleReader(Node node, Parameter.Place place) {
    this.node = node;
    this.place = place;
  }

  Notation read(Type type) {
    boolean isList = type instanceof Type.Items;
    String style = node.text("style").orElse(place == Parameter.Place.QUERY ? "form" : "simple");
    Optional<Notation> list =
        place == Parameter.Place.QUERY
            ? inQuery(style, isList)
            : Optional.of(Notation.SEPARATED).filter(_ -> style.equals("simple"));
    if (list.isEmpty()) {
      node.problem("style", "the style '%s' is not supported; %s".formatted(style, remedy(style)));
    }
    return isList ? list.orElse(Notation.REPEATED) : Notation.SINGLE;
  }

  private Optional<Notation> inQuery(String style, boolean isList) {
    boolean explode = node.truth("explode", style.equals("form"));
    if (style.equals("form")) {
      return Optional.of(explode ? Notation.REPEATED : Notation.SEPARATED);
    }
    Optional<Notation> delimited =
        switch (style) {
          case "spaceDelimited" -> Optional.of(Notation.SPACED);
          case "pipeDelimited" -> Optional.of(Notation.PIPED);
          default -> Optional.empty();
        };
    if (delimited.isPresent() && explode) {
      node.problem("explode", "has no meaning with this style (OpenAPI 3.1); leave it out");
    }
    return delimited.filter(_ -> isList);
  }

  private String remedy(String style) {
    if (place != Parameter.Place.QUERY) {
      return "leave it out: values in a path or header are simple";
    }
    return style.equals("deepObject")
        ? "give each field a parameter of its own, called such as filter[size]: callers write the same"
        : "use form, with explode: true for ?a=1&a=2 or explode: false for ?a=1,2";
  }
}
