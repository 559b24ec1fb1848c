package dev.manyfactor.contract.model;

import java.util.List;
import java.util.Optional;

/// A type with a name of its own, which becomes a Java file.
public sealed interface Declaration {
  /// The Java name, such as `Payment`.
  String name();

  /// What it is, in Markdown; empty if the contract does not say.
  String description();

  /// The line in the contract.
  int line();

  /// An object, which becomes a record.
  ///
  /// @param closed whether other fields are refused; true where the contract says so
  /// @param tag the field by which a union knows it, which is no property
  /// @param unions the names of the unions that it is a choice of
  record Structure(
      String name,
      String description,
      int line,
      List<Property> properties,
      boolean closed,
      Optional<Tag> tag,
      List<String> unions)
      implements Declaration {
    /// Copies the lists.
    public Structure {
      properties = List.copyOf(properties);
      unions = List.copyOf(unions);
    }

    /// An object that is no choice of any union.
    public Structure(
        String name, String description, int line, List<Property> properties, boolean closed) {
      this(name, description, line, properties, closed, Optional.empty(), List.of());
    }
  }

  /// A field that always has the same text.
  ///
  /// @param property as it stands in JSON
  record Tag(String property, String text) {}

  /// One of several objects, told apart by a field, which becomes a sealed interface.
  ///
  /// @param property the field, as it stands in JSON
  record Union(String name, String description, int line, String property, List<Variant> variants)
      implements Declaration {
    /// Copies the list.
    public Union {
      variants = List.copyOf(variants);
    }
  }

  /// One choice of a union.
  ///
  /// @param text what the field holds
  /// @param structure the name of the object
  record Variant(String text, String structure) {}

  /// A string with fixed values, which becomes an enum.
  ///
  /// @param values as they stand in JSON, with their Java constants
  record Enumeration(String name, String description, int line, List<Value> values)
      implements Declaration {
    /// Copies the list.
    public Enumeration {
      values = List.copyOf(values);
    }
  }

  /// One value of an enumeration.
  ///
  /// @param text as it stands in JSON, such as `partially_refunded`
  /// @param constant its Java name, such as `PARTIALLY_REFUNDED`
  record Value(String text, String constant) {}
}
