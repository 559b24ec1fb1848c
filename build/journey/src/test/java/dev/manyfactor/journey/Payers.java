package dev.manyfactor.journey;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several callers that pay, one payment after the other, until they are told to stop.
final class Payers {
  private static final int CALLERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(40);
  static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /// The answer to each payment, by its key.
  final Map<String, HttpResponse<String>> answers = new ConcurrentHashMap<>();

  private final Client client;
  private final String customer;
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean over;

  Payers(Client client, String customer) {
    this.client = client;
    this.customer = customer;
  }

  static Payers start(Client client, String customer) {
    Payers payers = new Payers(client, customer);
    for (int caller = 0; caller < CALLERS; caller++) {
      String name = "payer-%d-payment-".formatted(caller);
      payers.callers.add(Thread.ofVirtual().start(() -> payers.run(name)));
    }
    return payers;
  }

  private void run(String name) {
    try {
      for (int number = 1; !over; number++) {
        pay(name + "%06d".formatted(number), number);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }

  private void pay(String key, int number) throws InterruptedException {
    answers.put(key, client.post("/v1/payments", key, body(number)));
  }

  /// What is sent under a key that ends in `number`; an amount that the card network takes.
  String body(int number) {
    return "{\"customer_id\":\"%s\",\"amount_minor\":%d,\"currency\":\"EUR\"}"
        .formatted(customer, 100 * number);
  }

  /// Waits for some more answers.
  void awaitMore() throws InterruptedException {
    int wanted = answers.size() + 2 * CALLERS;
    Await.until("more answers", () -> answers.size() >= wanted, answers::toString);
  }

  void stop() throws InterruptedException {
    over = true;
    for (Thread caller : callers) {
      caller.join();
    }
  }

  static String idIn(HttpResponse<String> answer) {
    Matcher id = ID.matcher(answer.body());
    if (!id.find()) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return id.group(1);
  }
}
