package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of a document and the shape that it has to have there.
///
/// @param nullable whether `null` is allowed too
record Spot(Place place, Shape shape, Document value, boolean nullable) {

  /// Every value of a valid document, outermost first, but for the fields that tell the kinds of a
  /// union apart.
  static List<Spot> all(Api api, Shape shape, Document document) {
    var spots = new ArrayList<Spot>();
    collect(api, new Spot(Place.ROOT, shape, document, false), spots);
    return spots;
  }

  private static void collect(Api api, Spot at, List<Spot> spots) {
    switch (api.resolved(at.shape())) {
      case Shape.Nullable(var other) ->
          collect(api, new Spot(at.place(), other, at.value(), true), spots);
      case Shape.Named _ -> throw new IllegalStateException("a resolved shape is no name");
      case Shape resolved -> {
        spots.add(new Spot(at.place(), resolved, at.value(), at.nullable()));
        if (!at.value().equals(Document.Literal.NULL)) {
          inside(api, resolved, at, spots);
        }
      }
    }
  }

  private static void inside(Api api, Shape shape, Spot at, List<Spot> spots) {
    switch (shape) {
      case Shape.Struct(var fields) -> fields(api, fields, at, spots);
      case Shape.Mapping mapping ->
          ((Document.Struct) at.value())
              .members()
              .forEach(it ->
                  collect(
                      api,
                      new Spot(at.place().plus(it.name()), mapping.values(), it.value(), false),
                      spots));
      case Shape.Sequence sequence -> {
        List<Document> items = ((Document.Sequence) at.value()).items();
        for (int i = 0; i < items.size(); i++) {
          collect(
              api,
              new Spot(at.place().plus(String.valueOf(i)), sequence.items(), items.get(i), false),
              spots);
        }
      }
      case Shape.Union union -> {
        Shape.Struct kind = kind(api, union, at.value());
        var others = new LinkedHashMap<>(kind.fields());
        others.remove(union.property());
        spots.add(new Spot(at.place(), new Shape.Struct(others), at.value(), at.nullable()));
        fields(api, others, at, spots);
      }
      case Shape.Words _,
          Shape.Numeric _,
          Shape.Fixed _,
          Shape.Truth _,
          Shape.Nullable _,
          Shape.Named _ -> {}
    }
  }

  private static void fields(Api api, Map<String, Shape.Field> fields, Spot at, List<Spot> spots) {
    fields.forEach((name, field) ->
        ((Document.Struct) at.value())
            .member(name)
            .ifPresent(value ->
                collect(api, new Spot(at.place().plus(name), field.shape(), value, false), spots)));
  }

  private static Shape.Struct kind(Api api, Shape.Union union, Document value) {
    Document text = ((Document.Struct) value).member(union.property()).orElseThrow();
    Shape kind = union.kinds().get(((Document.Text) text).value());
    if (kind != null && api.resolved(kind) instanceof Shape.Struct struct) {
      return struct;
    }
    throw new IllegalStateException("a kind of a union is no object: " + text);
  }
}
