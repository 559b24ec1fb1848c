package dev.manyfactor.contract.model;

import java.util.List;
import java.util.Optional;

/// A contract from which code can be made.
///
/// @param name the file's name without `.openapi.yaml`, such as `payments`
/// @param title what the service is, in a line
/// @param description what it is for
/// @param declarations the named types that the code needs, in the order of the contract
/// @param operations in the order of the contract; none if only its types are wanted
public record Contract(
    String name,
    String title,
    String description,
    List<Declaration> declarations,
    List<Operation> operations) {

  /// Copies the lists.
  public Contract {
    declarations = List.copyOf(declarations);
    operations = List.copyOf(operations);
  }

  /// The type of this name.
  public Optional<Declaration> declaration(String type) {
    return declarations.stream().filter(declared -> declared.name().equals(type)).findFirst();
  }
}
