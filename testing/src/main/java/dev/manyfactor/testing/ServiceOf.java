package dev.manyfactor.testing;

import dev.manyfactor.service.Service;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads what the annotation says.
final class ServiceOf {
  private ServiceOf() {}

  /// The service of a class with `public static Service service()`.
  static Service type(Class<?> type) {
    try {
      return (Service) type.getMethod("service").invoke(null);
    } catch (ReflectiveOperationException | ClassCastException none) {
      throw new IllegalArgumentException(
          type.getName() + " needs a method `public static Service service()`", none);
    }
  }

  /// Variables from texts of the form `NAME=value`.
  static Map<String, String> variables(List<String> assignments) {
    return assignments.stream()
        .map(assignment -> assignment.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
