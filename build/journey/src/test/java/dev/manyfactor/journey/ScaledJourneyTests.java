package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The same journey through two web instances, three workers and two schedulers, as if they were
/// one service; then each of them is killed while its callers go on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaledJourneyTests {
  private static final List<String> INSTANCES =
      List.of(
          "payments.web.1",
          "payments.worker.1",
          "payments.scheduler.1",
          "cards.web",
          "payments.worker.2",
          "payments.scheduler.2",
          "payments.worker.3",
          "payments.web.2");

  @TempDir private static Path folder = Path.of("");
  private final Readme readme = Readme.withPort(Clone.freePort());
  private Clone clone = new Clone(folder);
  private State state = new State(folder);
  private Optional<Up> started = Optional.empty();

  @BeforeAll
  void start() throws Exception {
    clone = Clone.in(folder);
    state = new State(clone.state().resolve("formation.json"));
    String up = readme.up().replace("./mf up", "./mf up --scale web=2,worker=3,scheduler=2");
    started = Optional.of(Up.start(clone, "env SETTLE_SCHEDULE='every 2s' " + up));
    up().awaitRunning();
  }

  @AfterAll
  void stop() throws Exception {
    if (started.isPresent()) {
      try (Up up = up()) {
        up.interrupt();
        assertThat(up.exitCode()).as(up.text()).isZero();
        assertThat(clone.processes()).isEmpty();
      }
    }
  }

  private Up up() {
    return started.orElseThrow();
  }

  @Test
  @Order(1)
  void theJourneyIsTheSame() throws Exception {
    assertThat(up().text())
        .contains(INSTANCES)
        .contains("payments router ", "http://localhost:" + readme.port());
    try (Shell shell = Shell.in(clone)) {
      new Newcomer(shell, readme.blocks()).walks();
    }
    for (String web : List.of("payments.web.1", "payments.web.2")) {
      assertThat(up().text()).containsPattern(Pattern.quote(web) + " .*\"message\":\"request\"");
    }
  }

  @Test
  @Order(2)
  void oneInstanceKeepsThePromisesOfAnother() throws Exception {
    String token = token("payments", "acme", "customers:write payments:read payments:write");
    Client one = new Client(state.address("payments.web.1"), token);
    Client other = new Client(state.address("payments.web.2"), token);
    String customer = register(one, "grace");
    Payers payer = new Payers(one, customer);
    HttpResponse<String> first = one.post("/v1/payments", "the-same-key-0001", payer.body(7));
    HttpResponse<String> second = other.post("/v1/payments", "the-same-key-0001", payer.body(7));
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.get("/v1/payments/" + Payers.idIn(first)).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void killingAnyProcessIsNotSeenByWhoSendsAgainUnderTheSameKey() throws Exception {
    Client client =
        new Client(
            state.service("payments"),
            token("payments", "acme", "customers:write payments:read payments:write"));
    String customer = register(client, "hopper");
    Payers payers = Payers.start(client, customer);
    Await.until("work of several workers", () -> workers() > 1, up()::text);
    for (String instance : INSTANCES) {
      payers.awaitMore();
      awaitReady(others(instance));
      assertThat(ProcessHandle.of(state.pid(instance)).map(ProcessHandle::destroyForcibly))
          .as(instance)
          .contains(true);
    }
    awaitReady(INSTANCES);
    payers.awaitMore();
    payers.stop();
    for (String instance : INSTANCES) {
      assertThat(up().text())
          .contains("mf: " + instance + " ended with exit code 137; started again in");
    }
    everyPaymentHasOneEffect(client, customer, payers.answers);
  }

  /// As long as one of a kind is there, its kind is; cards has one alone.
  private static List<String> others(String instance) {
    return INSTANCES.stream()
        .filter(other -> other.startsWith("payments.web") && instance.startsWith("payments.web"))
        .filter(other -> !other.equals(instance))
        .toList();
  }

  private void awaitReady(List<String> instances) throws InterruptedException {
    for (String instance : instances) {
      Await.until(
          instance,
          () -> count(instance + ": ready after") > count(instance + " ended with exit code"),
          up()::text);
    }
  }

  private long count(String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(up().text()).results().count();
  }

  private void everyPaymentHasOneEffect(
      Client client, String customer, Map<String, HttpResponse<String>> answers) throws Exception {
    assertThat(answers.values()).extracting(HttpResponse::statusCode).containsOnly(201);
    List<String> ids = answers.values().stream().map(Payers::idIn).toList();
    assertThat(ids)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(all(client, customer));
    Await.until(
        "the last capture",
        () -> !body(client, "/v1/payments?status=pending").contains("\"id\""),
        up()::text);
    Client network = new Client(state.service("cards"), token("cards", "payments", "charges:read"));
    for (String id : ids) {
      assertThat(body(client, "/v1/payments/" + id)).contains("\"status\":\"captured\"");
      assertThat(body(network, "/v1/charges?reference=" + id).split("\"status\":\"approved\"", -1))
          .as("charges of " + id)
          .hasSize(2);
    }
    // what is settled has left both accounts: an amount that was captured or settled twice has not
    Await.until(
        "the last settlement",
        () -> body(client, "/v1/accounts").split("\"balance_minor\":0", -1).length == 3,
        () -> body(client, "/v1/accounts"));
  }

  /// How many of them have done a job.
  private long workers() {
    return INSTANCES.stream()
        .filter(instance -> instance.startsWith("payments.worker"))
        .filter(worker ->
            body(new Client(state.management(worker), ""), "/metrics")
                .contains("jobs_duration_seconds_count{"))
        .count();
  }

  /// The payments that a customer has, page by page.
  private static List<String> all(Client client, String customer) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      String path = "/v1/payments?limit=100&customer_id=" + customer + cursor.get();
      String page = body(client, path);
      Payers.ID.matcher(page).results().forEach(id -> ids.add(id.group(1)));
      cursor =
          Pattern.compile("\"next_cursor\":\"([^\"]+)\"")
              .matcher(page)
              .results()
              .map(next -> "&cursor=" + next.group(1))
              .findFirst();
    }
    return ids;
  }

  private static String body(Client client, String path) {
    try {
      return client.get(path).body();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    }
  }

  private static String register(Client client, String name) throws InterruptedException {
    return Payers.idIn(
        client.post(
            "/v1/customers",
            "register-%s-2026".formatted(name),
            "{\"email\":\"%s@example.com\",\"name\":\"%s\",\"country\":\"US\",\"tier\":\"vip\"}"
                .formatted(name, name)));
  }

  private String token(String service, String tenant, String scope) throws Exception {
    try (Shell shell = Shell.in(clone)) {
      Shell.Answer token =
          shell.run(
              "./mf token --audience %s --tenant %s --scope '%s'"
                  .formatted(service, tenant, scope));
      assertThat(token.status()).as(token.errors()).isZero();
      return token.output().strip();
    }
  }
}
