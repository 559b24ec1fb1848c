package dev.manyfactor.examples.payments;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.Customer;
import dev.manyfactor.examples.payments.contract.NewCustomer;
import dev.manyfactor.examples.payments.contract.NewPayment;
import dev.manyfactor.examples.payments.contract.Payment;
import dev.manyfactor.examples.payments.contract.Tier;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.service.Task;
import dev.manyfactor.service.TaskRun;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Fills a tenant with payments to look at: the same ones each time, apart from identifiers and
/// times.
///
/// Each step is one transaction and is left out when an earlier run has made it.
final class Seed implements Task<Seed.Options> {
  private static final int PAYMENTS_A_CUSTOMER = 10;
  private static final int PAYMENTS_A_TRANSACTION = 100;
  private static final List<String> COUNTRIES = List.of("DE", "FR", "GB", "NL", "US");

  private final Customers customers;
  private final PaymentBook payments;
  private final Queue<Capture.Requested> captures;

  Seed(Customers customers, PaymentBook payments, Queue<Capture.Requested> captures) {
    this.customers = customers;
    this.payments = payments;
    this.captures = captures;
  }

  /// What `seed` can be told.
  record Options(@Default("100") @Description("how many payments, 1 to 1000000") int payments) {
    Options {
      if (payments < 1 || payments > 1_000_000) {
        throw new IllegalArgumentException("payments must be 1 to 1000000 but is " + payments);
      }
    }
  }

  @Override
  public String summary() {
    return "fills a tenant with payments; --payments says how many";
  }

  @Override
  public void run(TaskRun run, Options options) {
    int seeded = 0;
    for (int from = 0; from < options.payments(); from += PAYMENTS_A_TRANSACTION) {
      int first = from;
      int count = Math.min(PAYMENTS_A_TRANSACTION, options.payments() - from);
      seeded += run.write(write -> seed(write, first, count)) ? count : 0;
    }
    run.out()
        .println(
            "seeded " + seeded + " of " + options.payments() + " payments, the rest was there");
  }

  /// Opens some payments in one transaction; false when an earlier run has.
  private boolean seed(Write write, int first, int count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(first);
    for (int number = first; number < first + count; number += PAYMENTS_A_CUSTOMER) {
      Optional<Customer> customer = customers.register(write, customer(number, random));
      if (customer.isEmpty()) {
        return false;
      }
      int last = Math.min(number + PAYMENTS_A_CUSTOMER, first + count);
      for (int payment = number; payment < last; payment++) {
        open(write, customer.get(), random);
      }
    }
    return true;
  }

  private void open(Write write, Customer customer, RandomGenerator random) {
    long amountMinor = random.nextLong(100, 100_000);
    Payment payment =
        payments.open(write, new NewPayment(customer.id(), amountMinor, "EUR", Optional.empty()));
    captures.add(write, new Capture.Requested(payment.id()));
  }

  private static NewCustomer customer(int number, RandomGenerator random) {
    return new NewCustomer(
        "customer-" + number + "@example.com",
        "Customer " + number,
        COUNTRIES.get(random.nextInt(COUNTRIES.size())),
        random.nextInt(10) == 0 ? Tier.VIP : Tier.STANDARD);
  }
}
