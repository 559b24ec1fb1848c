package dev.manyfactor.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Resolves parameters of type [TestService], and undoes between two tests what the first has
/// stopped.
final class ServiceExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ServiceExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestService.class;
  }

  @Override
  public TestService resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Setting setting = Setting.of(test.getRequiredTestClass());
    return store(setting, test)
        .computeIfAbsent(setting, TestFormation::start, TestFormation.class)
        .service();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    started(test).ifPresent(TestFormation::mend);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    started(test).ifPresent(TestFormation::endFurther);
  }

  private static Optional<TestFormation> started(ExtensionContext test) {
    Setting setting = Setting.of(test.getRequiredTestClass());
    return Optional.ofNullable(store(setting, test).get(setting, TestFormation.class));
  }

  /// What lasts as long as the formation: all tests, or those of one class.
  private static ExtensionContext.Store store(Setting setting, ExtensionContext test) {
    ExtensionContext owner = setting.owner().isEmpty() ? test.getRoot() : test;
    while (owner.getTestMethod().isPresent()) {
      owner = owner.getParent().orElseThrow();
    }
    return owner.getStore(NAMESPACE);
  }
}
