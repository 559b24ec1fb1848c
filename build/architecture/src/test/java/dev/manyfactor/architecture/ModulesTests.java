package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModulesTests {
  private static final String PLANTED = "dev.manyfactor.architecture.planted";
  private static final JavaClasses RUNTIME = compiled(Checkout.runtime());

  static Stream<Module> modules() {
    return Checkout.modules().stream();
  }

  static Stream<Module> runtime() {
    return Checkout.runtime().stream();
  }

  @Test
  void theRuntimeHasTheModulesOfTheDesign() {
    assertThat(Checkout.runtime())
        .extracting(Module::noun)
        .containsExactly(
            "context",
            "config",
            "telemetry",
            "json",
            "resilience",
            "database",
            "identity",
            "migrations",
            "idempotency",
            "jobs",
            "web",
            "service");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyModuleHasClassesAndTheyStandInItsPackage(Module module) {
    assertThat(module.classes())
        .hasSizeGreaterThan(1)
        .allSatisfy(type -> assertThat(type.getName()).startsWith(module.rootPackage() + "."));
  }

  @Test
  void aRuntimeModuleUsesOnlyThoseBelowIt() {
    Rules.order(Checkout.runtime().stream().map(Module::rootPackage).toList()).check(RUNTIME);
  }

  @Test
  void theRuntimeUsesNeitherTheToolNorTheTests() {
    List<String> others = packages(module -> !module.isRuntime());
    assertThat(others).contains("dev.manyfactor.formation", "dev.manyfactor.cli");
    Rules.uses("dev.manyfactor", others).check(RUNTIME);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theToolKnowsNothingOfTheRuntime(Module module) {
    if (List.of("formation", "cli", "fuzz", "prover", "faults", "chaos").contains(module.noun())) {
      Rules.uses(module.rootPackage(), packages(Module::isRuntime)).check(module.classes());
    }
  }

  @Test
  void noPackagesUseEachOther() {
    Rules.noCycles("dev.manyfactor").check(compiled(Checkout.modules()));
  }

  @ParameterizedTest
  @MethodSource("runtime")
  void aRuntimeModuleHasOnePublicPackage(Module module) {
    Rules.onePublicPackage(module.rootPackage()).check(module.classes());
  }

  @Test
  void aModuleThatUsesOneAboveItIsFound() {
    var order = Rules.order(List.of(PLANTED + ".lower", PLANTED + ".upper"));
    assertThatThrownBy(() -> order.check(planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lower.UsesUpper")
        .hasMessageContaining("move the concept down");
  }

  @Test
  void aCycleIsFound() {
    assertThatThrownBy(() -> Rules.noCycles(PLANTED).check(planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected");
  }

  @Test
  void aPublicTypeBesideThePublicPackageIsFound() {
    assertThatThrownBy(() -> Rules.onePublicPackage(PLANTED + ".lower").check(planted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("upper.UsesLower");
  }

  @Test
  void aModuleWithoutClassesIsFound() {
    assertThatThrownBy(() -> new Module("build/architecture").classes())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no classes");
  }

  private static List<String> packages(Predicate<Module> which) {
    return Checkout.modules().stream().filter(which).map(Module::rootPackage).toList();
  }

  static JavaClasses compiled(List<Module> modules) {
    return new ClassFileImporter()
        .importPaths(
            modules.stream().map(module -> module.folder().resolve("target/classes")).toList());
  }

  static JavaClasses planted() {
    return new ClassFileImporter().importPackages(PLANTED);
  }
}
