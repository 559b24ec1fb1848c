package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What `docs/guarantees/g3-one-effect-per-key.md` shows on the wire is what is answered: status,
/// headers and body, apart from ids and times; but for the last, for which a connection must be
/// cut.
@ServiceTest(value = Payments.class, upstreams = Cards.class)
class WireTests {
  private static final Path PAGE = Path.of("../../docs/guarantees/g3-one-effect-per-key.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```\n(HTTP/1\\.1 .*?)\n```");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern TRACE = Pattern.compile("\"trace_id\":\"[0-9a-f]{32}\"");
  private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "Location",
          "Retry-After",
          "Idempotency-Retention",
          "Idempotent-Replayed");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void answersAreThoseOfThePage(TestService payments) throws Exception {
    Journey acme = Journey.of(payments);
    String body = newPayment(acme.customer(), 1999);
    var first = new Request(payments, acme.tenant(), "\"order-2026-000017\"", body);
    var answers = new ArrayList<HttpResponse<String>>();
    answers.add(send(first));
    answers.add(send(first));
    answers.add(duplicateInFlight(first.under("order-2026-000018")));
    answers.add(send(new Request(payments, acme.tenant(), first.key(), body.replace("19", "29"))));
    answers.add(send(first.under("")));
    answers.add(send(first.under("00017")));
    answers.add(send(first.under("0192f0c1-2a3b-7c4d-8e5f-60718293a4b5")));

    assertThat(answers.stream().map(WireTests::shown).toList())
        .isEqualTo(page().subList(0, answers.size()));
  }

  /// A request of a tenant.
  ///
  /// @param key what is in the header; empty for none
  private record Request(TestService service, String tenant, String key, String body) {
    Request under(String other) {
      return new Request(service, tenant, other, body);
    }

    HttpRequest toHttp() {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(service.url().resolve("/v1/payments"))
              .timeout(Duration.ofSeconds(30))
              .header("Authorization", "Bearer " + service.token(tenant, "payments:write"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body));
      return (key.isEmpty() ? request : request.header("Idempotency-Key", key)).build();
    }
  }

  private HttpResponse<String> send(Request request) throws IOException, InterruptedException {
    return http.send(request.toHttp(), BodyHandlers.ofString());
  }

  private HttpResponse<String> duplicateInFlight(Request request) throws Exception {
    try (Connection blocking = request.service().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      blocking.setAutoCommit(false);
      blocking.createStatement().execute("lock table payment in share mode");
      var first = threads.submit(() -> send(request));
      for (int i = 0; i < 500 && waiting(blocking) == 0; i++) {
        Thread.sleep(20);
      }
      HttpResponse<String> second = send(request);
      blocking.rollback();
      assertThat(first.get().statusCode()).isEqualTo(201);
      return second;
    }
  }

  private static int waiting(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String newPayment(String customer, int amount) {
    return "{\"customer_id\":\"%s\",\"amount_minor\":%d,\"currency\":\"EUR\"}"
        .formatted(customer, amount);
  }

  private static String shown(HttpResponse<String> answer) {
    var text = new StringBuilder("HTTP/1.1 " + answer.statusCode());
    for (String name : HEADERS) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> text.append('\n').append(name + ": " + value));
    }
    return masked(text + "\n\n" + answer.body());
  }

  private static List<String> page() throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> masked(block.group(1).replaceFirst("(HTTP/1.1 [0-9]+).*", "$1")))
        .toList();
  }

  private static String masked(String text) {
    String withoutIds = UUID.matcher(text).replaceAll("(id)");
    String withoutTraces = TRACE.matcher(withoutIds).replaceAll("\"trace_id\":\"(trace)\"");
    return TIME.matcher(withoutTraces).replaceAll("(time)");
  }
}
