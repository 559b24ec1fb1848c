package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.CommandResult;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestService;
import org.junit.jupiter.api.Test;

@ServiceTest(value = Payments.class, upstreams = Cards.class)
class TaskTests {

  @Test
  void exportWritesOneLineForEachCustomerOfTheTenant(TestService payments) {
    Journey acme = Journey.of(payments);
    acme.customer("first@example.com").expect(201);
    acme.customer("second@example.com").expect(201);
    CommandResult export =
        payments.run("export-customers", "--tenant", acme.tenant()).expectSuccess();

    assertThat(export.output().lines())
        .satisfiesExactly(
            header -> assertThat(header).isEqualTo("id,email,name,country,tier,created_at"),
            first -> assertThat(first).contains(",first@example.com,Ada,GB,vip,"),
            second -> assertThat(second).contains(",second@example.com,Ada,GB,vip,"));
  }

  @Test
  void seedDoesNothingTheSecondTime(TestService payments) {
    Journey acme = Journey.of(payments);
    CommandResult first = seed(payments, acme.tenant(), 120).expectSuccess();
    CommandResult second = seed(payments, acme.tenant(), 120).expectSuccess();

    assertThat(first.output()).startsWith("seeded 120 of 120 payments");
    assertThat(second.output()).startsWith("seeded 0 of 120 payments");
  }

  @Test
  void seedThatAsksForMoreAddsWhatIsMissing(TestService payments) {
    Journey acme = Journey.of(payments);
    seed(payments, acme.tenant(), 45).expectSuccess();

    assertThat(seed(payments, acme.tenant(), 102).expectSuccess().output())
        .startsWith("seeded 57 of 102 payments");
  }

  @Test
  void taskWithoutATenantOrWithUnknownOptionsSaysAllThatIsWrong(TestService payments) {
    CommandResult refused = payments.run("seed", "--payments", "many", "--colour", "red");

    assertThat(refused.exitCode()).isEqualTo(64);
    assertThat(refused.complaints()).contains("--tenant");
    CommandResult typed =
        payments.run("seed", "--tenant", "acme", "--payments", "many", "--colour", "red");
    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.complaints()).contains("--payments").contains("--colour");
  }

  @Test
  void answersAreHeldToTheContractInTests(TestService payments) {
    assertThat(payments.run("config").expectSuccess().output())
        .containsPattern("RESPONSE_CHECK +true +environment");
  }

  private static CommandResult seed(TestService payments, String tenant, int count) {
    return payments.run("seed", "--tenant", tenant, "--payments", String.valueOf(count));
  }
}
