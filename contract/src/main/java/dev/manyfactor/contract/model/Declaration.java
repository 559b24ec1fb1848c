package dev.manyfactor.contract.model;

import java.util.List;

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
  record Structure(
      String name, String description, int line, List<Property> properties, boolean closed)
      implements Declaration {
    /// Copies the list.
    public Structure {
      properties = List.copyOf(properties);
    }
  }

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
