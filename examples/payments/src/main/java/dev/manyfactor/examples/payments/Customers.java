package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Transaction;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.Customer;
import dev.manyfactor.examples.payments.contract.NewCustomer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The customers of one tenant.
final class Customers {

  /// Registers a customer; empty when the tenant has one with this email address already.
  Optional<Customer> register(Write write, NewCustomer customer) {
    return write
        .sql(
            """
            insert into customer (email, name, country, tier) values (?, ?, ?, ?)
            on conflict (tenant, email) do nothing
            returning id, email, name, country, tier, created_at\
            """,
            customer.email(),
            customer.name(),
            customer.country(),
            customer.tier())
        .optional(Customer.class);
  }

  Optional<Customer> find(Read read, UUID id) {
    return read.sql(
            "select id, email, name, country, tier, created_at from customer where id = ?", id)
        .optional(Customer.class);
  }

  Optional<Customer> withEmail(Transaction transaction, String email) {
    return transaction
        .sql(
            "select id, email, name, country, tier, created_at from customer where email = ?",
            email)
        .optional(Customer.class);
  }

  boolean exists(Transaction transaction, UUID id) {
    return transaction.sql("select 1 from customer where id = ?", id).exists();
  }

  /// Hands over every customer in the order of their registration, without holding them all.
  void each(Read read, Consumer<Customer> reader) {
    read.sql("select id, email, name, country, tier, created_at from customer order by id")
        .each(Customer.class, reader);
  }
}
