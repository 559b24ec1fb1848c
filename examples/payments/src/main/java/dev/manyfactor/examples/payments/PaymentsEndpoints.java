package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.AccountPage;
import dev.manyfactor.examples.payments.contract.CreateCustomer;
import dev.manyfactor.examples.payments.contract.CreatePayment;
import dev.manyfactor.examples.payments.contract.CreateRefund;
import dev.manyfactor.examples.payments.contract.GetCustomer;
import dev.manyfactor.examples.payments.contract.GetPayment;
import dev.manyfactor.examples.payments.contract.ListAccounts;
import dev.manyfactor.examples.payments.contract.ListPayments;
import dev.manyfactor.examples.payments.contract.NewCustomer;
import dev.manyfactor.examples.payments.contract.NewPayment;
import dev.manyfactor.examples.payments.contract.NewRefund;
import dev.manyfactor.examples.payments.contract.Payment;
import dev.manyfactor.examples.payments.contract.PaymentPage;
import dev.manyfactor.examples.payments.contract.PaymentsApi;
import dev.manyfactor.jobs.Queue;
import dev.manyfactor.web.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The contract's operations, each in terms of what the service knows.
final class PaymentsEndpoints implements PaymentsApi {
  private static final Problem NO_SUCH_CUSTOMER =
      Problem.of(404, "customer-not-found", "there is no customer with this id");
  private static final Problem NO_SUCH_PAYMENT =
      Problem.of(404, "payment-not-found", "there is no payment with this id");

  private final Customers customers;
  private final PaymentBook payments;
  private final Ledger ledger;
  private final Queue<Capture.Requested> captures;

  PaymentsEndpoints(
      Customers customers, PaymentBook payments, Ledger ledger, Queue<Capture.Requested> captures) {
    this.customers = customers;
    this.payments = payments;
    this.ledger = ledger;
    this.captures = captures;
  }

  @Override
  public CreateCustomer createCustomer(Write write, NewCustomer body) {
    return customers
        .register(write, body)
        .<CreateCustomer>map(customer ->
            new CreateCustomer.Created(customer, URI.create("/v1/customers/" + customer.id())))
        .orElseGet(() ->
            new CreateCustomer.Conflict(
                Problem.of(
                    409, "email-taken", "there is a customer with this email address already")));
  }

  @Override
  public GetCustomer getCustomer(Read read, UUID id) {
    return customers
        .find(read, id)
        .<GetCustomer>map(GetCustomer.Ok::new)
        .orElseGet(() -> new GetCustomer.NotFound(NO_SUCH_CUSTOMER));
  }

  @Override
  public CreatePayment createPayment(Write write, NewPayment body) {
    if (!customers.exists(write, body.customerId())) {
      return new CreatePayment.Conflict(
          Problem.of(409, "unknown-customer", "there is no customer with this customer_id"));
    }
    Payment payment = payments.open(write, body);
    captures.add(write, new Capture.Requested(payment.id())); // in the same transaction as the row
    return new CreatePayment.Created(payment, URI.create("/v1/payments/" + payment.id()));
  }

  @Override
  public ListPayments listPayments(Read read, ListPayments.Query query) {
    Optional<UUID> before = query.cursor().flatMap(PaymentsEndpoints::decoded);
    if (query.cursor().isPresent() && before.isEmpty()) {
      return new ListPayments.BadRequest(
          Problem.of(400, "unknown-cursor", "the cursor is not one that this service gave"));
    }
    int limit = query.limit();
    List<Payment> found = // one more than asked for tells whether there is another page
        payments.page(
            read, new PaymentBook.Filter(query.customerId(), query.status(), before, limit + 1));
    if (found.size() <= limit) {
      return new ListPayments.Ok(new PaymentPage(found, Optional.empty()));
    }
    List<Payment> page = found.subList(0, limit);
    return new ListPayments.Ok(new PaymentPage(page, Optional.of(page.getLast().id().toString())));
  }

  @Override
  public GetPayment getPayment(Read read, UUID id) {
    return payments
        .find(read, id)
        .<GetPayment>map(GetPayment.Ok::new)
        .orElseGet(() -> new GetPayment.NotFound(NO_SUCH_PAYMENT));
  }

  @Override
  public CreateRefund createRefund(Write write, UUID id, NewRefund body) {
    return payments
        .find(write, id)
        .map(payment -> refund(write, payment, body.amountMinor()))
        .orElseGet(() -> new CreateRefund.NotFound(NO_SUCH_PAYMENT));
  }

  private CreateRefund refund(Write write, Payment payment, long amountMinor) {
    return payments
        .refund(write, payment, amountMinor)
        .<CreateRefund>map(refund ->
            new CreateRefund.Created(
                refund, URI.create("/v1/payments/" + payment.id() + "/refunds/" + refund.id())))
        .orElseGet(() ->
            new CreateRefund.Conflict(
                Problem.of(
                    409,
                    "refund-exceeds-captured",
                    "less than this amount is left of what was captured")));
  }

  @Override
  public ListAccounts listAccounts(Read read) {
    return new ListAccounts.Ok(new AccountPage(ledger.accounts(read), Optional.empty()));
  }

  private static Optional<UUID> decoded(String cursor) {
    try {
      return Optional.of(UUID.fromString(cursor));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
