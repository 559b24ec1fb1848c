package dev.manyfactor.jobs;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One process of a service, as far as jobs go.
final class TestProgram implements AutoCloseable {
  static final Release RELEASE = new Release("test", "r1", "dev");

  private final Database database;
  private final Jobs jobs;
  private final TestClock clock;
  private final List<Worker> workers = new ArrayList<>();

  TestProgram(TestPostgres postgres, TestClock clock) {
    this(postgres.open(), JobsSettings.DEFAULT.withPoll(Duration.ofMillis(250)), clock);
  }

  TestProgram(Database database, JobsSettings settings, TestClock clock) {
    this.database = database;
    this.jobs = Jobs.of(settings, database);
    this.clock = clock;
  }

  Jobs jobs() {
    return jobs;
  }

  Database database() {
    return database;
  }

  TestProgram open() {
    return open(OpenTelemetry.noop());
  }

  TestProgram open(OpenTelemetry telemetry) {
    jobs.open(RELEASE, telemetry, clock);
    return this;
  }

  List<JobDetails> deadLetters() {
    return jobs.admin().list(JobFilter.ALL.in(JobState.DEAD), 100).stream()
        .flatMap(letter -> jobs.admin().show(letter.id()).stream())
        .toList();
  }

  Worker startWorker() {
    Worker worker = jobs.startWorker();
    workers.add(worker);
    return worker;
  }

  void write(String tenant, Consumer<Write> work) {
    ask(
        tenant,
        write -> {
          work.accept(write);
          return true;
        });
  }

  <T extends @Nullable Object> T ask(String tenant, Function<Write, T> work) {
    return database.write(TestPostgres.context(tenant), work);
  }

  @Override
  public void close() {
    workers.forEach(worker -> worker.stop(Duration.ZERO));
    jobs.close();
    database.close();
  }

  /// One effect of a job in the service's own table.
  static void effect(Write write, String note) {
    write.updateOne("insert into effect (tenant, note) values (?, ?)", write.tenant().id(), note);
  }
}
