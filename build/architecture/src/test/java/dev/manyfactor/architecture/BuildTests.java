package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTests {
  private static final String BOM = "build/bom/pom.xml";
  private static final String PARENT = "build/parent/pom.xml";

  @Test
  void theRulesOfThisRepositoryAreOn() {
    assertThat(System.getProperty("rules.of.this.repository"))
        .as("the profile rules-of-this-repository of %s was not active in this build", PARENT)
        .isEqualTo("on");
  }

  @Test
  void theVersionThatInheritorsNameIsTheVersionOfTheParent() {
    assertThat(Checkout.inPom(PARENT, "/project/properties/manyfactor.version"))
        .isEqualTo(Checkout.inPom(PARENT, "/project/version"))
        .isEqualTo(Checkout.inPom(BOM, "/project/version"));
  }

  @Test
  void theBomListsEveryRuntimeModule() {
    List<String> listed = Checkout.inPom(BOM, "//dependency/artifactId");
    assertThat(Checkout.runtime())
        .allSatisfy(module -> assertThat(listed).contains("manyfactor-" + module.noun()));
  }

  @Test
  void everyModuleSaysItsModuleName() {
    assertThat(Checkout.modules())
        .filteredOn(module -> !module.isExample() && !module.isFixture())
        .allSatisfy(module ->
            assertThat(Checkout.inPom(module.path() + "/pom.xml", "//module.name"))
                .containsExactly(module.rootPackage()));
  }
}
