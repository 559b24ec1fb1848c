package dev.manyfactor.web;

import java.util.List;

/// Everything a service serves: the operations of one contract, and the contract itself.
///
/// @param contractResource where the contract lies on the class path, for example
///   `META-INF/manyfactor/payments.openapi.yaml`; served as `/openapi.yaml`, and the page beside
///   it, `META-INF/manyfactor/payments.html`, as `/openapi`
/// @param operations at least one
public record Routes(String contractResource, List<Operation> operations) {
  public Routes {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException(
          "the contract " + contractResource + " has no operation; declare one or more");
    }
  }
}
