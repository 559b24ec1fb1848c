package dev.manyfactor.examples.cards;

import dev.manyfactor.examples.cards.contract.CardsApi;
import dev.manyfactor.service.Composition;
import dev.manyfactor.service.Service;

/// The card network: this file lists everything it is made of.
public final class Cards {

  private Cards() {}

  public static void main(String[] arguments) {
    service().main(arguments);
  }

  /// The service itself, for its own tests and for those of the services that call it.
  public static Service service() {
    return Service.of("cards", Cards::compose);
  }

  static void compose(Composition service) {
    service.database(); // DATABASE_URL
    service.web(CardsApi.routes(new CardsEndpoints()));
  }
}
