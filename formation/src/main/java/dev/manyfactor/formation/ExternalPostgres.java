package dev.manyfactor.formation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server that somebody else runs, with a database and two roles for each service.
///
/// The roles carry a mark of the folder whose formations made them. What is there under the same
/// name without that mark belongs to somebody else: it is neither used nor changed nor removed.
final class ExternalPostgres implements Databases {
  private static final int OLDEST = 15;
  private static final int PATIENCE_SECONDS = 10;

  private final DatabaseServer server;
  private final FormationHome home;
  private final PrivateFile kept;
  private ServerSecrets secrets;

  ExternalPostgres(DatabaseServer server, FormationHome home) {
    this.server = server;
    this.home = home;
    this.kept = home.serverSecrets(server);
    this.secrets = kept.read(ServerSecrets.class).orElseGet(ServerSecrets::fresh);
  }

  /// Asks the server what it is; fails with everything that is wrong with it.
  ///
  /// @param versions the major versions that services declare
  /// @return what it is, for whoever looks
  Event.Provided check(Collection<Integer> versions) {
    ServerFacts facts = ask(ServerFacts::of);
    List<String> problems = new ArrayList<>();
    if (facts.version() < OLDEST) {
      problems.add("it is PostgreSQL %d; 15 is the oldest that will do".formatted(facts.version()));
    }
    for (int version : new TreeSet<>(versions)) {
      if (version != facts.version()) {
        problems.add(
            "it is PostgreSQL %d, but version %d is declared; give a server of that version, or declare `version: %d`"
                .formatted(facts.version(), version, facts.version()));
      }
    }
    if (!facts.mayCreate()) {
      problems.add(
          "its role %s may not create databases and roles; run `alter role \"%s\" createdb createrole` there, or give another role"
              .formatted(server.login().role(), server.login().role()));
    }
    if (!problems.isEmpty()) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the PostgreSQL of --database, %s, cannot be used: %s"
              .formatted(server, String.join("; ", problems)));
    }
    return new Event.Provided(
        "PostgreSQL " + facts.version(),
        "%s, given by --database, %s".formatted(server, facts.durability()));
  }

  @Override
  public synchronized ServiceDatabase createDatabase(String name) {
    String owner = name + "_owner";
    secrets = secrets.with(owner, name);
    kept.write(secrets); // first, so that no password is set that nobody knows
    ask(connection -> {
      new ExternalSetup(connection, secrets, home.folder()).create(name, owner);
      return name;
    });
    return new ServiceDatabase(name, address(owner, name), address(name, name));
  }

  /// Removes the databases and roles that carry this folder's mark, with all they hold.
  ///
  /// @return the databases' names
  List<String> dropOurs() {
    return ask(connection -> new ExternalSetup(connection, secrets, home.folder()).dropOurs());
  }

  private String address(String role, String database) {
    return server.address(role, secrets.passwordOf(role), database);
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = connect()) {
      return question.ask(connection);
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the PostgreSQL of --database, %s, does not do what it is asked: %s%s"
              .formatted(server, sentence(failure), remedy(failure.getSQLState())));
    }
  }

  private static String sentence(SQLException failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
  }

  /// What the server does not say itself: where this program gets address and password from.
  private static String remedy(@Nullable String state) {
    return switch (String.valueOf(state)) {
      case "08001" -> "; start it, or correct the address";
      case "08004", "28000", "28P01" ->
          "; set PGPASSWORD to the role's password, or name another role";
      default -> "";
    };
  }

  private Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl());
    source.setUser(server.login().role());
    server.login().password().ifPresent(source::setPassword);
    source.setApplicationName("mf");
    source.setConnectTimeout(PATIENCE_SECONDS);
    source.setLoginTimeout(PATIENCE_SECONDS);
    source.setSocketTimeout(3 * PATIENCE_SECONDS);
    return source.getConnection();
  }
}
