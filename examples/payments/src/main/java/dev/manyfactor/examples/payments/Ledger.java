package dev.manyfactor.examples.payments;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.payments.contract.Account;
import dev.manyfactor.examples.payments.contract.AccountName;
import java.time.Instant;
import java.util.List;

/// The double-entry ledger of one tenant: each entry debits one account and credits another with
/// the same amount, so that all balances of one currency add up to zero. The schema checks it at
/// commit.
final class Ledger {

  List<Account> accounts(Read read) {
    return read.sql(
            """
            select account, currency, sum(amount_minor)::bigint as balance_minor
            from posting group by account, currency order by account, currency\
            """)
        .list(Account.class);
  }

  /// Debits one account and credits another.
  void enter(Write write, Entry entry) {
    write.update(
        """
        with entry as materialized (select uuidv7() as id)
        insert into posting (entry_id, account, currency, amount_minor)
        select entry.id, side.account, ?, side.amount
        from entry, (values (?, ?), (?, - ?)) as side (account, amount)\
        """,
        entry.currency(),
        entry.debit(),
        entry.amountMinor(),
        entry.credit(),
        entry.amountMinor());
  }

  /// Moves what was captured and not yet settled from clearing to payable: one settlement for each
  /// currency.
  void settle(Write write, Instant instant) {
    List<Due> dues =
        write
            .sql(
                """
                with settled as (
                  update payment set settled_at = ?
                  where settled_at is null
                    and status in ('captured', 'refunded', 'partially_refunded')
                  returning currency, amount_minor)
                select currency, sum(amount_minor)::bigint as amount_minor, count(*)::int as payments
                from settled group by currency order by currency\
                """,
                instant)
            .list(Due.class);
    for (Due due : dues) {
      enter(write, Entry.settlement(due.currency(), due.amountMinor()));
      write.updateOne(
          """
          insert into settlement (currency, instant, amount_minor, payments)
          values (?, ?, ?, ?)\
          """,
          due.currency(),
          instant,
          due.amountMinor(),
          due.payments());
    }
  }

  /// What is due for settlement in one currency.
  record Due(String currency, long amountMinor, int payments) {}

  /// An amount that leaves one account for another.
  record Entry(AccountName debit, AccountName credit, String currency, long amountMinor) {

    static Entry capture(String currency, long amountMinor) {
      return new Entry(AccountName.CLEARING, AccountName.PAYABLE, currency, amountMinor);
    }

    static Entry settlement(String currency, long amountMinor) {
      return new Entry(AccountName.PAYABLE, AccountName.CLEARING, currency, amountMinor);
    }

    static Entry refund(String currency, long amountMinor) {
      return new Entry(AccountName.PAYABLE, AccountName.REFUNDS, currency, amountMinor);
    }
  }
}
