package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Call;
import dev.manyfactor.examples.payments.cards.Charge;
import dev.manyfactor.examples.payments.cards.ChargeStatus;
import dev.manyfactor.examples.payments.cards.NewCharge;
import dev.manyfactor.examples.payments.contract.Payment;
import dev.manyfactor.examples.payments.contract.PaymentStatus;
import dev.manyfactor.jobs.LeasedJob;
import dev.manyfactor.resilience.Upstream;
import java.util.UUID;

/// Charges the card for a payment, then says in one transaction how it went.
///
/// A repetition charges under the same key, so the card network charges once.
final class Capture implements LeasedJob<Capture.Requested> {
  private final PaymentBook payments;
  private final Upstream cards;

  Capture(PaymentBook payments, Upstream cards) {
    this.payments = payments;
    this.cards = cards;
  }

  /// A payment is waiting to be captured.
  record Requested(UUID paymentId) {}

  @Override
  public void run(Call call, Requested requested) {
    Payment payment = call.read(read -> payments.find(read, requested.paymentId())).orElseThrow();
    if (payment.status() != PaymentStatus.PENDING) {
      return;
    }
    ChargeStatus outcome = charge(call, payment).status();
    call.write(write -> {
      switch (outcome) {
        case APPROVED -> payments.capture(write, payment);
        case DECLINED -> payments.decline(write, payment);
      }
      return outcome;
    });
  }

  private Charge charge(Call call, Payment payment) {
    return cards
        .post("/v1/charges")
        .idempotencyKey(call.key())
        .body(
            NewCharge.CODEC,
            new NewCharge(payment.id().toString(), payment.amountMinor(), payment.currency()))
        .send()
        .body(Charge.CODEC);
  }
}
