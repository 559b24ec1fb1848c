package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Write;
import dev.manyfactor.jobs.Scheduled;
import java.time.Instant;

/// Settles what each tenant has captured: once for a tenant, currency and instant.
final class Settle implements Scheduled {
  private final Ledger ledger;

  Settle(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void run(Write write, Instant instant) {
    ledger.settle(write, instant);
  }
}
