package dev.manyfactor.formation;

import java.util.function.Consumer;

/// The local issuer, to be ended with the formation.
record IssuerPart(Issuer issuer, Consumer<Event> events) implements Parts.Part {
  @Override
  public void stop() {
    issuer.close();
    events.accept(new Event.Stopped("OIDC issuer", true));
  }

  @Override
  public void kill() {
    issuer.close();
  }
}
