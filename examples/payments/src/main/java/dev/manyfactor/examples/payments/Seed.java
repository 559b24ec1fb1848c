package dev.manyfactor.examples.payments;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.NewCustomer;
import dev.manyfactor.examples.payments.contract.NewPayment;
import dev.manyfactor.examples.payments.contract.Payment;
import dev.manyfactor.examples.payments.contract.Tier;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.service.Task;
import dev.manyfactor.service.TaskRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Fills a tenant with payments to look at: the same ones each time, apart from identifiers and
/// times.
///
/// It adds what is missing, so that a run that was broken off, or one that asks for more, goes on
/// where the last one ended.
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
      int end = Math.min(from + PAYMENTS_A_TRANSACTION, options.payments());
      seeded += run.write(write -> seed(write, first, end));
    }
    run.out()
        .println(
            "seeded " + seeded + " of " + options.payments() + " payments, the rest was there");
  }

  /// Opens the payments from `first` to `end` that are missing, and says how many that were.
  private int seed(Write write, int first, int end) {
    int seeded = 0;
    for (int number = first; number < end; number += PAYMENTS_A_CUSTOMER) {
      seeded += seedCustomer(write, number, Math.min(PAYMENTS_A_CUSTOMER, end - number));
    }
    return seeded;
  }

  private int seedCustomer(Write write, int number, int wanted) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    UUID customer = registered(write, customer(number, random));
    long there = payments.count(write, customer);
    int seeded = 0;
    for (int payment = 0; payment < wanted; payment++) {
      long amountMinor = random.nextLong(100, 100_000); // drawn also where it is not needed
      if (payment >= there) {
        open(write, customer, amountMinor);
        seeded++;
      }
    }
    return seeded;
  }

  private UUID registered(Write write, NewCustomer customer) {
    return customers
        .register(write, customer)
        .or(() -> customers.withEmail(write, customer.email()))
        .orElseThrow()
        .id();
  }

  private void open(Write write, UUID customer, long amountMinor) {
    Payment payment =
        payments.open(write, new NewPayment(customer, amountMinor, "EUR", Optional.empty()));
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
