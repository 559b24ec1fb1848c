package dev.manyfactor.fuzz.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A JSON value as it is to be written, which need not be well-formed. Immutable.
public sealed interface Document {
  /// An object: its members in order, a name twice if that is wanted.
  record Struct(List<Member> members) implements Document {
    /// Copies the members.
    public Struct {
      members = List.copyOf(members);
    }

    /// The value of the first member with this name.
    public Optional<Document> member(String name) {
      return members.stream()
          .filter(member -> member.name().equals(name))
          .map(Member::value)
          .findFirst();
    }

    /// The same without the members of this name.
    public Struct without(String name) {
      return new Struct(members.stream().filter(member -> !member.name().equals(name)).toList());
    }

    /// The same with one more member at the end, in place of those of this name.
    public Struct with(String name, Document value) {
      var more = new ArrayList<>(without(name).members());
      more.add(new Member(name, value));
      return new Struct(more);
    }
  }

  /// One member of an object.
  record Member(String name, Document value) {}

  /// An array.
  record Sequence(List<Document> items) implements Document {
    /// Copies the items.
    public Sequence {
      items = List.copyOf(items);
    }

    /// The same with one more item.
    public Sequence plus(Document item) {
      var more = new ArrayList<>(items);
      more.add(item);
      return new Sequence(more);
    }
  }

  /// A string.
  record Text(String value) implements Document {}

  /// Anything that is written as it is: a number, `true`, `null`, or what is no JSON at all.
  record Literal(String text) implements Document {
    /// `null`.
    public static final Literal NULL = new Literal("null");
  }

  /// What stands at a place below this value.
  ///
  /// @throws IllegalArgumentException if nothing does
  default Document at(Place place) {
    Document found = this;
    for (String step : place.steps()) {
      found = below(found, step);
    }
    return found;
  }

  /// The same value with another one at a place.
  default Document replaced(Place place, Document by) {
    if (place.steps().isEmpty()) {
      return by;
    }
    String step = place.steps().getFirst();
    Document inner = below(this, step).replaced(place.below(), by);
    return switch (this) {
      case Struct struct ->
          new Struct(
              struct.members().stream()
                  .map(it -> it.name().equals(step) ? new Member(step, inner) : it)
                  .toList());
      case Sequence sequence -> {
        var items = new ArrayList<>(sequence.items());
        items.set(Integer.parseInt(step), inner);
        yield new Sequence(items);
      }
      case Text _, Literal _ -> throw new IllegalArgumentException(step + " is below a scalar");
    };
  }

  private static Document below(Document value, String step) {
    return switch (value) {
      case Struct struct ->
          struct.member(step).orElseThrow(() -> new IllegalArgumentException("no member " + step));
      case Sequence sequence -> sequence.items().get(Integer.parseInt(step));
      case Text _, Literal _ -> throw new IllegalArgumentException(step + " is below a scalar");
    };
  }
}
