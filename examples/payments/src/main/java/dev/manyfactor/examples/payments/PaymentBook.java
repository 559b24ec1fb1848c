package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Transaction;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.NewPayment;
import dev.manyfactor.examples.payments.contract.Payment;
import dev.manyfactor.examples.payments.contract.PaymentStatus;
import dev.manyfactor.examples.payments.contract.Refund;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The payments of one tenant, from open to captured, declined or refunded.
final class PaymentBook {
  private final Ledger ledger;

  PaymentBook(Ledger ledger) {
    this.ledger = ledger;
  }

  Payment open(Write write, NewPayment payment) {
    return write
        .sql(
            """
            insert into payment (customer_id, amount_minor, currency, description, status)
            values (?, ?, ?, ?, 'pending')
            returning id, customer_id, amount_minor, refunded_minor, currency, description, status,
              created_at\
            """,
            payment.customerId(),
            payment.amountMinor(),
            payment.currency(),
            payment.description())
        .one(Payment.class);
  }

  Optional<Payment> find(Transaction transaction, UUID id) {
    return transaction
        .sql(
            """
            select id, customer_id, amount_minor, refunded_minor, currency, description, status,
              created_at
            from payment where id = ?\
            """,
            id)
        .optional(Payment.class);
  }

  /// How many payments a customer has made.
  long count(Transaction transaction, UUID customer) {
    return transaction
        .sql("select count(*) as payments from payment where customer_id = ?", customer)
        .one(row -> row.int64("payments"));
  }

  /// The payments that come after a page, newest first.
  List<Payment> page(Read read, Filter filter) {
    return read.sql(
            """
            select id, customer_id, amount_minor, refunded_minor, currency, description, status,
              created_at
            from payment
            where (?::uuid is null or customer_id = ?)
              and (?::text is null or status = ?)
              and (?::uuid is null or id < ?)
            order by id desc limit ?\
            """,
            filter.customer(),
            filter.customer(),
            filter.status(),
            filter.status(),
            filter.before(),
            filter.before(),
            filter.limit())
        .list(Payment.class);
  }

  /// Says that the card was charged. Does nothing for a payment that is no longer pending.
  void capture(Write write, Payment payment) {
    if (moveOn(write, payment, PaymentStatus.CAPTURED)) {
      ledger.enter(write, Ledger.Entry.capture(payment.currency(), payment.amountMinor()));
    }
  }

  /// Says that the card was declined. Does nothing for a payment that is no longer pending.
  void decline(Write write, Payment payment) {
    moveOn(write, payment, PaymentStatus.DECLINED);
  }

  /// Gives an amount back; empty when less than that is left of what was captured.
  Optional<Refund> refund(Write write, Payment payment, long amountMinor) {
    int moved =
        write.update(
            """
            update payment set
              refunded_minor = refunded_minor + ?,
              status = case when refunded_minor + ? = amount_minor
                then 'refunded' else 'partially_refunded' end
            where id = ? and status in ('captured', 'partially_refunded')
              and amount_minor - refunded_minor >= ?\
            """,
            amountMinor,
            amountMinor,
            payment.id(),
            amountMinor);
    if (moved == 0) {
      return Optional.empty();
    }
    ledger.enter(write, Ledger.Entry.refund(payment.currency(), amountMinor));
    return Optional.of(record(write, payment, amountMinor));
  }

  private static Refund record(Write write, Payment payment, long amountMinor) {
    return write
        .sql(
            """
            insert into refund (payment_id, amount_minor, currency) values (?, ?, ?)
            returning id, payment_id, amount_minor, currency, created_at\
            """,
            payment.id(),
            amountMinor,
            payment.currency())
        .one(Refund.class);
  }

  private static boolean moveOn(Write write, Payment payment, PaymentStatus status) {
    return write.update(
            "update payment set status = ? where id = ? and status = 'pending'",
            status,
            payment.id())
        == 1;
  }

  /// Which payments to list, and after which one.
  record Filter(
      Optional<UUID> customer, Optional<PaymentStatus> status, Optional<UUID> before, int limit) {}
}
