package dev.manyfactor.examples.cards;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.examples.cards.contract.CardsApi;
import dev.manyfactor.examples.cards.contract.Charge;
import dev.manyfactor.examples.cards.contract.ChargePage;
import dev.manyfactor.examples.cards.contract.CreateCharge;
import dev.manyfactor.examples.cards.contract.ListCharges;
import dev.manyfactor.examples.cards.contract.NewCharge;
import java.net.URI;
import java.util.Optional;

/// Decides about charges: an amount ending in 13 is declined, every other one approved.
final class CardsEndpoints implements CardsApi {

  @Override
  public CreateCharge createCharge(Write write, NewCharge body) {
    Charge charge =
        write
            .sql(
                """
                insert into charge (reference, amount_minor, currency, status)
                values (?, ?, ?, ?)
                returning id, reference, amount_minor, currency, status, created_at\
                """,
                body.reference(),
                body.amountMinor(),
                body.currency(),
                body.amountMinor() % 100 == 13 ? "declined" : "approved")
            .one(Charge.class);
    return new CreateCharge.Created(
        charge, URI.create("/v1/charges?reference=" + charge.reference()));
  }

  @Override
  public ListCharges listCharges(Read read, ListCharges.Query query) {
    return new ListCharges.Ok(
        new ChargePage(
            read.sql(
                    """
                    select id, reference, amount_minor, currency, status, created_at
                    from charge where reference = ? order by id desc limit 100\
                    """,
                    query.reference())
                .list(Charge.class),
            Optional.empty()));
  }
}
