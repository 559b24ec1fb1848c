package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeTests {
  private static final String CARELESS = "dev.manyfactor.architecture.planted.unmarked.Careless";

  static Stream<Module> modules() {
    return Checkout.modules().stream();
  }

  @Test
  void theClockIsReadOnlyWhereAProcessIsComposed() {
    holds(Rules::noClockReads, Allowed.CLOCK, Checkout.modules());
  }

  @Test
  void onlyCommandsPrint() {
    holds(Rules::noOutput, Allowed.OUTPUT, Checkout.modules());
  }

  @Test
  void aServicesEnvironmentIsReadInOnePlace() {
    List<Module> inside =
        modules().filter(module -> module.isRuntime() || module.isExample()).toList();
    holds(Rules::noEnvironment, Allowed.ENVIRONMENT, inside);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyPackageIsNullMarked(Module module) {
    assertThat(Rules.unmarkedPackages(module.classes())).isEmpty();
  }

  @Test
  void eachWayToReadTheClockIsFound() {
    assertThatThrownBy(() -> Rules.noClockReads(Set.of()).check(ModulesTests.planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Instant.now()")
        .hasMessageContaining("InstantSource.system()")
        .hasMessageContaining("System.nanoTime()")
        .hasMessageNotContaining("nowBy");
  }

  @Test
  void eachWayToPrintIsFound() {
    assertThatThrownBy(() -> Rules.noOutput(Set.of()).check(ModulesTests.planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("System.out")
        .hasMessageContaining("printStackTrace");
  }

  @Test
  void aReadOfTheEnvironmentIsFound() {
    assertThatThrownBy(() -> Rules.noEnvironment(Set.of()).check(ModulesTests.planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("System.getenv");
  }

  @Test
  void aPackageThatIsNotNullMarkedIsFound() {
    assertThat(Rules.unmarkedPackages(ModulesTests.planted()))
        .containsExactly("dev.manyfactor.architecture.planted.unmarked");
  }

  @Test
  void aClassThatIsAllowedToIsLeftAlone() {
    Rules.noEnvironment(Set.of(CARELESS)).check(ModulesTests.planted());
  }

  /// The rule holds with its exceptions, and for each exception it would not hold without.
  private static void holds(
      Function<Set<String>, ArchRule> rule, Allowed allowed, List<Module> modules) {
    JavaClasses classes = ModulesTests.compiled(modules);
    rule.apply(allowed.types()).check(classes);
    String without =
        String.join("\n", rule.apply(Set.of()).evaluate(classes).getFailureReport().getDetails());
    assertThat(allowed.types()).allSatisfy(type -> assertThat(without).contains(type));
  }
}
