package dev.manyfactor.database;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import java.util.Optional;

/// A read-only transaction: PostgreSQL refuses every change in it. No calls to other services.
public final class Read implements Transaction {
  private final Session session;

  Read(Session session) {
    this.session = session;
  }

  @Override
  public Tenant tenant() {
    return session.tenant();
  }

  @Override
  public Optional<Caller> caller() {
    return session.context().caller();
  }

  @Override
  public Deadline deadline() {
    return session.context().deadline();
  }

  @Override
  public Query sql(String text, Object... parameters) {
    return new Query(session, text, parameters);
  }
}
