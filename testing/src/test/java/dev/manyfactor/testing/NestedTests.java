package dev.manyfactor.testing;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@ServiceTest(value = FormationTests.Keeper.class, shared = false)
class NestedTests {

  @Nested
  class InsideOfAnAnnotatedClass {
    @Test
    void isGivenTheServiceOfTheClassAround(TestService keeper) {
      keeper.operator().get("/readyz").expect(200);
    }
  }
}
