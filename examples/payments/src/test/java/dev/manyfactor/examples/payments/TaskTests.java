package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.CommandResult;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestService;
import java.util.List;
import java.util.regex.Pattern;
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

  @Test
  void aQueueIsHeldAndItsJobsAreCancelledRetriedAndForgotten(TestService payments)
      throws InterruptedException {
    Journey acme = Journey.of(payments);
    payments.run("jobs", "pause", "capture.requested").expectSuccess();
    String payment = acme.payment(acme.customer(), 1999);
    String due = id(payments, acme, "due");

    assertThat(payments.run("jobs", "cancel", due).expectSuccess().output())
        .isEqualTo("1 job is cancelled\n");
    assertThat(payments.run("jobs", "show", due).expectSuccess().output())
        .contains("kind        capture.requested", "state       dead", payment)
        .contains("reason      cancelled by an operator");
    assertThat(payments.run("jobs", "retry", due).expectSuccess().output())
        .isEqualTo("1 job is due again\n");
    assertThat(acme.show(payment).text("/status")).isEqualTo("pending");
    assertThat(payments.run("jobs").expectSuccess().output())
        .containsPattern("capture\\.requested +\\d+ .* paused for \\d+ s\n");
    payments.run("jobs", "resume", "capture.requested").expectSuccess();
    assertThat(acme.outcome(payment)).isEqualTo("captured");

    payments.run("jobs", "pause", "capture.requested").expectSuccess();
    acme.payment(acme.customer("grace@example.com").text("/id"), 7);
    payments.run("jobs", "cancel", "--all", "--tenant", acme.tenant()).expectSuccess();
    payments.run("jobs", "resume", "capture.requested").expectSuccess();
    assertThat(
            payments
                .run("jobs", "drop", "--all", "--tenant", acme.tenant())
                .expectSuccess()
                .output())
        .isEqualTo("1 job is forgotten\n");
    CommandResult empty = payments.run("jobs", "list", "--tenant", acme.tenant());
    assertThat(empty.expectSuccess().complaints())
        .endsWith("there is none of this kind, tenant and state\n");
  }

  private static String id(TestService payments, Journey acme, String state) {
    String json =
        payments
            .run("jobs", "list", "--tenant", acme.tenant(), "--state", state, "--json")
            .expectSuccess()
            .output();
    assertThat(json).contains("\"more\" : false");
    return Pattern.compile("\"id\" : \"([^\"]+)\"")
        .matcher(json)
        .results()
        .map(id -> id.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(json));
  }

  @Test
  void whatIsNotThereIsNamed(TestService payments) {
    String nobody = "0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77";
    for (String verb : List.of("show", "retry", "drop", "cancel")) {
      CommandResult answer = payments.run("jobs", verb, nobody);
      assertThat(answer.exitCode()).as(verb).isEqualTo(66);
      assertThat(answer.complaints())
          .endsWith("there is no job " + nobody + ": it has ended, or never was\n");
    }
    CommandResult queue = payments.run("jobs", "pause", "captures");
    assertThat(queue.exitCode()).isEqualTo(66);
    assertThat(queue.complaints())
        .endsWith(
            "there is no queue captures; the queues are capture.requested, schedule.settle\n");
    assertThat(payments.run("jobs", "drop").exitCode()).isEqualTo(64);
    assertThat(payments.run("jobs", "--help").expectSuccess().output()).contains("examples");
  }

  private static CommandResult seed(TestService payments, String tenant, int count) {
    return payments.run("seed", "--tenant", tenant, "--payments", String.valueOf(count));
  }
}
