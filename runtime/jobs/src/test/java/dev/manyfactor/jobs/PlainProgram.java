package dev.manyfactor.jobs;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A program of its own, without web and without service: it adds jobs with plain JDBC, and runs
/// them.
///
/// Arguments: the database's address, for the runtime and for JDBC.
final class PlainProgram {
  private static final Release RELEASE = new Release("plain", "r1", "dev");

  /// Statements are to be written for all customers of a month.
  record MonthEnded(String month) {}

  /// The last customer that has one.
  record Through(int customer) {}

  private PlainProgram() {}

  public static void main(String... args) throws Exception {
    var done = new CountDownLatch(1);
    Database database = Database.of(Configured.of(DatabaseSettings.of(PostgresUrl.parse(args[0]))));
    database.open(OpenTelemetry.noop(), "plain");
    Jobs jobs = Jobs.of(JobsSettings.DEFAULT.withPoll(Duration.ofMinutes(1)), database);
    SteppedJob<MonthEnded, Through> statements =
        (write, ended, from) -> {
          int customer = from.map(Through::customer).orElse(0) + 1;
          write.updateOne(
              "insert into effect (tenant, note) values (?, ?)",
              write.tenant().id(),
              "statement of " + ended.month() + " for customer " + customer);
          if (customer == 3) {
            write.afterCommit(done::countDown);
            return Optional.empty();
          }
          return Optional.of(new Through(customer));
        };
    jobs.queue(MonthEnded.class, Through.class, statements);
    jobs.open(RELEASE, OpenTelemetry.noop(), InstantSource.system());
    Worker worker = jobs.startWorker();
    endMonth(args[1]);
    Await.latch(done);
    worker.stop(Duration.ofSeconds(10));
    jobs.close();
    database.close();
  }

  private static void endMonth(String jdbcUrl) throws SQLException {
    Queue<MonthEnded> queue = Queue.of(MonthEnded.class, RELEASE);
    Tenant tenant = new Tenant("acme");
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        var rows = connection.createStatement()) {
      connection.setAutoCommit(false);
      rows.execute("select set_config('manyfactor.tenant', 'acme', true)");
      rows.execute("insert into effect (tenant, note) values ('acme', 'November has ended')");
      queue.add(connection, tenant, new MonthEnded("2026-11"));
      connection.commit();
      queue.announce(connection);
    }
  }
}
