package dev.manyfactor.examples.payments;

import dev.manyfactor.examples.payments.contract.PaymentsApi;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.service.Composition;
import dev.manyfactor.service.Service;

/// The payments service: this file lists everything it is made of.
public final class Payments {

  private Payments() {}

  public static void main(String[] arguments) {
    service().main(arguments);
  }

  /// The service itself, for its own tests.
  public static Service service() {
    return Service.of("payments", Payments::compose);
  }

  static void compose(Composition service) {
    service.database(); // DATABASE_URL
    Upstream cards = service.upstream("cards"); // CARDS_URL, CARDS_TIMEOUT, …
    var customers = new Customers();
    var ledger = new Ledger();
    var payments = new PaymentBook(ledger);

    Queue<Capture.Requested> captures =
        service.job(Capture.Requested.class, new Capture(payments, cards));
    service.web(PaymentsApi.routes(new PaymentsEndpoints(customers, payments, ledger, captures)));
    service.schedule("settle", "0 2 * * *", new Settle(ledger)); // SETTLE_SCHEDULE
    service.task("seed", Seed.Options.class, new Seed(customers, payments, captures));
    service.task("export-customers", new ExportCustomers(customers));
  }
}
