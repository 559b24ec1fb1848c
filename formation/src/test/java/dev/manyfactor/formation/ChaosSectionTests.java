package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The section `chaos` of a manifest.
class ChaosSectionTests {
  @TempDir Path folder;

  @Test
  void whatItSaysForChaosIsRead() throws Exception {
    write("cards", "name: cards\nruntime: node 22\nprocesses: {web: node server.js}\n");
    Chaos chaos =
        write(
                "payments",
                """
                name: payments
                runtime: node 20
                processes: {web: node server.js, worker: node worker.js}
                dependencies:
                  - {name: database, kind: postgres, version: 18}
                  - {name: cards, kind: service, path: ../cards}
                chaos:
                  operations:
                    - name: createPayment
                      request: POST /v1/payments
                      scope: a b
                      body: {description: "{unique}"}
                      effects: select description from payment
                    - name: createRefund
                      request: PUT /v1/refunds/{createPayment.owner.id}
                      body: {note: "{createPayment.note}"}
                      idempotency: natural
                      when: select from payment where note = '{createPayment.note}'
                      effects: select payment_id from refund
                      identity: "{createPayment.id}"
                  background:
                    - name: capture
                      process: worker
                      after: createPayment
                      environment: {CAPTURE_WAIT: 1s}
                      effects: select description from payment where captured
                      waiting: select description from job
                  rest: select from job
                  invariants:
                    - {name: it adds up, sql: select 1 from posting}
                    - {name: charged, sql: select a, equal: {service: cards, sql: select b}}
                """)
            .chaos();

    Chaos.Operation payment = chaos.operations().getFirst();
    Chaos.Operation refund = chaos.operations().getLast();
    assertThat(payment.identity()).isEqualTo("{unique}");
    assertThat(payment.request().scopes()).isEqualTo(Set.of("a", "b"));
    assertThat(payment.keyed()).isTrue();
    assertThat(refund.keyed()).isFalse();
    assertThat(refund.needs()).containsExactly("createPayment");
    var values =
        new Placeholders(
            "u1",
            Map.of(
                "createPayment.owner.id",
                "a b",
                "createPayment.note",
                "it's \"5\"",
                "createPayment.id",
                "7"));
    assertThat(refund.filled(values).path()).isEqualTo("/v1/refunds/a+b");
    assertThat(refund.filled(values).body()).contains("{\"note\":\"it's \\\"5\\\"\"}");
    assertThat(refund.when().map(values::inSql))
        .contains("select from payment where note = 'it''s \"5\"'");
    assertThat(values.inText(refund.identity())).isEqualTo("7");
    assertThat(payment.filled(values).body()).contains("{\"description\":\"u1\"}");
    assertThat(chaos.environment()).containsExactly(Map.entry("CAPTURE_WAIT", "1s"));
    assertThat(chaos.background().getFirst().after()).contains("createPayment");
    assertThat(chaos.invariants().getLast().equal())
        .contains(new Chaos.Query(Optional.of("cards"), "select b"));
    assertThat(chaos.rest()).contains("select from job");
  }

  @Test
  void whatIsWrongForChaosIsNamedAtOnceWithLineAndRemedy() throws Exception {
    assertThat(
            problems(
                """
                name: payments
                runtime: node 20
                processes: {web: node server.js}
                chaos:
                  operations:
                    - {name: make, request: "POST /{uniqe}", body: {a: "{make.id}"}, effects: select 1}
                    - {name: make, request: "POST /{make.id}", identity: "{mke.id}", effects: select 1}
                  background:
                    - {name: job, process: wep, after: mak, effects: select 1}
                    - {name: job, process: web, effects: select 1}
                  invariants:
                    - {name: a, service: cards, sql: select 1, equal: {service: own, sql: select 2}}
                """))
        .containsExactly(
            "manyfactor.yaml:5:3: chaos: effects are looked for in the service's database, but it"
                + " has no dependency of the kind postgres",
            "manyfactor.yaml:6:29: chaos: \"{uniqe}\" stands for nothing; {unique} does, and a"
                + " member of the answer to an operation before this one, for example"
                + " {operation.id}",
            "manyfactor.yaml:6:52: chaos: \"{make.id}\" stands for nothing; {unique} does, and a"
                + " member of the answer to an operation before this one, for example"
                + " {operation.id}",
            "manyfactor.yaml:7:14: chaos.operations: the name \"make\" is given twice",
            "manyfactor.yaml:7:58: chaos: \"{mke.id}\" stands for nothing; {unique} does, and a"
                + " member of the answer to an operation before this one, for example {make.id}",
            "manyfactor.yaml:9:28: chaos: \"wep\" is not one of the process types; did you mean"
                + " \"web\"?",
            "manyfactor.yaml:9:40: chaos: \"mak\" is not one of the operations; did you mean"
                + " \"make\"?",
            "manyfactor.yaml:10:14: chaos.background: the name \"job\" is given twice",
            "manyfactor.yaml:12:26: chaos: \"cards\" is not one of the dependencies of the kind"
                + " service",
            "manyfactor.yaml:12:65: chaos: \"own\" is not one of the dependencies of the kind"
                + " service");
    assertThat(
            problems(
                """
                name: payments
                runtime: node 20
                processes: {web: node server.js}
                chaos:
                  operations:
                    - {name: 1, request: GET /x, effect: select 1}
                  invarients: []
                """))
        .containsExactly(
            "manyfactor.yaml:6:7: chaos.operations.0: \"effects\" is missing",
            "manyfactor.yaml:6:14: chaos.operations.0.name: must be a string, but is a number",
            "manyfactor.yaml:6:26: chaos.operations.0.request: must be a method and a path, for"
                + " example `POST /v1/payments`, but is \"GET /x\"",
            "manyfactor.yaml:6:42: chaos.operations.0: unknown key \"effect\"; did you mean"
                + " \"effects\"?",
            "manyfactor.yaml:7:15: chaos: unknown key \"invarients\"; did you mean"
                + " \"invariants\"?");
  }

  private List<String> problems(String text) throws IOException {
    FormationException failure =
        catchThrowableOfType(FormationException.class, () -> write("service", text));
    assertThat(failure).as(text).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(78);
    return failure.evidence();
  }

  private Manifest write(String name, String text) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve(Manifest.FILE), text);
    return Manifest.read(directory);
  }
}
