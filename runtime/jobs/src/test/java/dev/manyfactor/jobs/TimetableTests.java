package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimetableTests {
  private static final Instant START = Instant.parse("2026-11-01T12:00:30Z");
  private static final Schedule EVERY_MINUTE = Schedule.parse("* * * * *");

  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final List<TestProgram> programs = new ArrayList<>();

  @AfterEach
  void close() {
    programs.forEach(TestProgram::close);
  }

  @Test
  void threeSchedulersFireEachInstantOncePerTenant() throws Exception {
    knowTenants("acme", "umbrella", "wayne");
    List<Timetable> timetables =
        IntStream.range(0, 3).mapToObj(i -> timetable(EVERY_MINUTE, "last")).toList();
    timetables.forEach(timetable -> timetable.decide(START));

    for (int minute = 1; minute <= 5; minute++) {
      decideTogether(timetables, START.plus(Duration.ofMinutes(minute)));
    }

    assertThat(fires())
        .hasSize(15)
        .contains("12:01 acme", "12:05 acme", "12:03 umbrella", "12:04 wayne");
    assertThat(postgres.ask("select payload from manyfactor.job where tenant = 'acme' order by 1"))
        .hasSize(5)
        .startsWith("{\"instant\" : \"2026-11-01T12:01:00.000Z\"}");
  }

  private static void decideTogether(List<Timetable> timetables, Instant now) throws Exception {
    var barrier = new CyclicBarrier(timetables.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Instant>> decisions =
          timetables.stream()
              .map(timetable ->
                  threads.submit(() -> {
                    barrier.await();
                    return timetable.decide(now);
                  }))
              .toList();
      for (Future<Instant> decision : decisions) {
        assertThat(decision.get()).isEqualTo(now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60));
      }
    }
  }

  @Test
  void aSchedulerWhoseClockIsAheadDoesNotLoseAnInstantToOneThatIsBehind() {
    knowTenants("acme");
    Timetable behind = timetable(EVERY_MINUTE, "all up to 10");
    Timetable ahead = timetable(EVERY_MINUTE, "all up to 10");
    behind.decide(START);
    ahead.decide(START);

    behind.decide(START.plusSeconds(60));
    ahead.decide(START.plusSeconds(120));
    behind.decide(START.plusSeconds(119));
    behind.decide(START.plusSeconds(120));

    assertThat(fires()).containsExactly("12:01 acme", "12:02 acme");
  }

  @Test
  void aScheduleThatIsNewFiresOnlyFromNowOn() {
    knowTenants("acme");
    Instant next = timetable(EVERY_MINUTE, "all up to 10").decide(START);

    assertThat(next).isEqualTo("2026-11-01T12:01:00Z");
    assertThat(fires()).isEmpty();
  }

  @Test
  void instantsMissedWhileNoSchedulerRanAreCaughtUpAsStated() {
    knowTenants("acme");
    timetable(EVERY_MINUTE, "last").decide(START);

    timetable(EVERY_MINUTE, "last").decide(START.plus(Duration.ofMinutes(10)));
    assertThat(fires()).containsExactly("12:10 acme");

    timetable(EVERY_MINUTE, "none").decide(START.plus(Duration.ofMinutes(20)));
    assertThat(fires()).containsExactly("12:10 acme", "12:20 acme");

    timetable(EVERY_MINUTE, "all up to 3").decide(START.plus(Duration.ofMinutes(30)));
    assertThat(fires())
        .containsExactly("12:10 acme", "12:20 acme", "12:28 acme", "12:29 acme", "12:30 acme");
  }

  @Test
  void aTenantThatIsNewGetsNoInstantsOfThePast() {
    knowTenants("acme");
    Timetable timetable = timetable(EVERY_MINUTE, "last");
    timetable.decide(START);
    timetable.decide(START.plusSeconds(60));
    knowTenants("umbrella");
    timetable.decide(START.plusSeconds(61));
    timetable.decide(START.plusSeconds(120));

    assertThat(fires()).containsExactly("12:01 acme", "12:02 acme", "12:02 umbrella");
  }

  @Test
  void firesOlderThanADayAreForgotten() {
    knowTenants("acme");
    Timetable timetable = timetable(EVERY_MINUTE, "last");
    timetable.decide(START);
    timetable.decide(START.plusSeconds(60));
    timetable.decide(START.plus(Duration.ofDays(2)));

    assertThat(postgres.ask("select count(*) from manyfactor.schedule_fire")).containsExactly("1");
  }

  @Test
  void aScheduleThatIsOffIsNeverDecided() {
    timetable(Schedule.parse("off"), "last").decide(START);

    assertThat(postgres.ask("select name from manyfactor.schedule")).isEmpty();
  }

  @Test
  void aWorkerRunsWhatASchedulerAdds() {
    knowTenants("acme", "umbrella");
    TestProgram program = program();
    Scheduled tick =
        (write, instant) -> TestProgram.effect(write, "tick " + instant.getEpochSecond());
    program
        .jobs()
        .schedule(
            "tick", new ScheduleSettings(Schedule.parse("every 1s"), new CatchUp.Last()), tick);
    program.open();
    program.startWorker();
    Scheduler one = program.jobs().startScheduler();
    Scheduler two = program.jobs().startScheduler();

    Await.until("six ticks", () -> postgres.ask("select note from effect").size() >= 6);
    assertThat(one.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(two.stop(Duration.ofSeconds(10))).isTrue();

    assertThat(postgres.ask("select note from effect group by tenant, note having count(*) > 1"))
        .isEmpty();
  }

  private void knowTenants(String... tenants) {
    for (String tenant : tenants) {
      postgres.execute("insert into manyfactor.tenant (tenant) values ('" + tenant + "')");
    }
  }

  private Timetable timetable(Schedule schedule, String catchUp) {
    TestProgram program = program();
    var settings = new ScheduleSettings(schedule, CatchUp.parse(catchUp));
    Scheduled nothing = (write, instant) -> {};
    program.open();
    return new Timetable(
        program.jobs().opened(), List.of(new Planned("settle", () -> settings, nothing)));
  }

  private TestProgram program() {
    var program = new TestProgram(postgres, clock);
    programs.add(program);
    return program;
  }

  private List<String> fires() {
    return postgres.ask(
        "select to_char(instant at time zone 'UTC', 'HH24:MI') || ' ' || tenant"
            + " from manyfactor.schedule_fire order by 1");
  }
}
