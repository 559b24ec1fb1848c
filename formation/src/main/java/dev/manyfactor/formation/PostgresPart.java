package dev.manyfactor.formation;

import java.util.function.Consumer;

/// A server of the formation's own, to be ended with it.
record PostgresPart(EmbeddedPostgres server, Consumer<Event> events) implements Parts.Part {
  @Override
  public void stop() {
    boolean byItself = server.stop();
    events.accept(new Event.Stopped("PostgreSQL " + server.version(), byItself));
  }

  @Override
  public void kill() {
    server.kill();
  }
}
