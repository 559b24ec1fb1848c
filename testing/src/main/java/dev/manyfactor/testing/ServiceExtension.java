package dev.manyfactor.testing;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Resolves parameters of type [TestService].
final class ServiceExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ServiceExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestService.class;
  }

  @Override
  public TestService resolveParameter(ParameterContext parameter, ExtensionContext test) {
    ServiceTest wanted = test.getRequiredTestClass().getAnnotation(ServiceTest.class);
    var setting =
        new Setting(wanted.value(), List.of(wanted.upstreams()), List.of(wanted.environment()));
    return test.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(setting, TestFormation::start, TestFormation.class)
        .service();
  }

  /// What a formation is made of; classes that ask for equal ones share one.
  record Setting(Class<?> service, List<Class<?>> upstreams, List<String> environment) {
    Setting {
      upstreams = List.copyOf(upstreams);
      environment = List.copyOf(environment);
    }
  }
}
