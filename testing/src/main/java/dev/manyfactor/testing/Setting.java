package dev.manyfactor.testing;

import dev.manyfactor.service.ProcessType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a formation is made of; classes that ask for equal ones share one.
///
/// @param owner the class that shares it with no other
record Setting(
    Class<?> service,
    List<Class<?>> upstreams,
    List<String> environment,
    ProcessType type,
    boolean processes,
    Optional<Class<?>> owner) {
  Setting {
    upstreams = List.copyOf(upstreams);
    environment = List.copyOf(environment);
  }

  /// What the annotation of a test class asks for; of a class inside of it too, as `@Nested` is.
  static Setting of(Class<?> tests) {
    Class<?> annotated = tests;
    while (!annotated.isAnnotationPresent(ServiceTest.class)) {
      annotated = Objects.requireNonNull(annotated.getEnclosingClass(), "no @ServiceTest around");
    }
    return of(annotated, annotated.getAnnotation(ServiceTest.class));
  }

  private static Setting of(Class<?> tests, ServiceTest wanted) {
    return new Setting(
        wanted.value(),
        List.of(wanted.upstreams()),
        List.of(wanted.environment()),
        wanted.type(),
        wanted.processes(),
        wanted.shared() ? Optional.empty() : Optional.of(tests));
  }
}
