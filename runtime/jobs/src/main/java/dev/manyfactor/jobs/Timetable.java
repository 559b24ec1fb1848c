package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.RowMapper;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which instants of the declared schedules have come, and adds their jobs.
///
/// For every schedule the database holds the instant up to which it has been decided. One statement
/// moves that instant forward, if it is still what was read, and adds a job for every instant
/// chosen and every known tenant: so all of it happens once, whoever does it. The primary key of
/// `schedule_fire` would refuse a second fire in any case. For one thread.
final class Timetable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// An instant that is not older than this was not missed.
  private static final Duration ON_TIME = Duration.ofMinutes(1);

  /// What is older than this is passed over, whatever the catch-up.
  private static final Duration LOOK_BACK = Duration.ofDays(31);

  private static final int MOST_INSTANTS = 1_000;
  private static final int MOST_REPEATS = 10;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  static final String SEEN =
      """
      with new as (
        insert into manyfactor.schedule (name, decided_until)
        select name, ? from unnest(?::text[]) as s (name)
        where not exists (select from manyfactor.schedule k where k.name = s.name)
        on conflict do nothing
        returning name, decided_until)
      select name, decided_until from new
      union all
      select name, decided_until from manyfactor.schedule where name = any(?)
      """;

  static final String FIRE =
      """
      with decided as (
        update manyfactor.schedule set decided_until = ? where name = ? and decided_until = ?
        returning name),
      forgotten as (
        delete from manyfactor.schedule_fire
        where schedule = (select name from decided) and instant < ?),
      fired as (
        insert into manyfactor.schedule_fire (schedule, instant, tenant, job)
        select d.name, i.instant, t.tenant, gen_random_uuid()
        from decided d
        cross join unnest(?::timestamptz[]) as i (instant)
        cross join manyfactor.tenant t
        on conflict do nothing
        returning instant, tenant, job),
      added as (
        insert into manyfactor.job (id, kind, tenant, payload, release, due_at)
        select job, ?, tenant,
               json_build_object('instant',
                 to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text,
               ?, instant
        from fired
        returning id)
      select (select count(*) from decided) as decided, (select count(*) from added) as added
      """;

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final Running running;
  private final List<Planned> plans;
  private final Map<String, Instant> nextInstants = new HashMap<>();

  private record Decided(String name, Instant until) {}

  private record Fired(long decided, long added) {}

  Timetable(Running running, List<Planned> plans) {
    this.running = running;
    this.plans =
        plans.stream()
            .filter(plan -> !(plan.settings().get().schedule() instanceof Schedule.Off))
            .toList();
  }

  /// Decides everything up to `now`.
  ///
  /// @return when something becomes due next; far in the future if nothing does
  /// @throws dev.manyfactor.database.DatabaseException if the database does not do its part;
  ///   calling again is right
  Instant decide(Instant now) {
    if (nextInstants.size() < plans.size() || next().compareTo(now) <= 0) {
      boolean overtaken = decideAll(now);
      for (int i = 0; overtaken && i < MOST_REPEATS; i++) {
        overtaken = decideAll(now);
      }
      plans.forEach(plan -> nextInstants.put(plan.name(), nextAfter(plan, now)));
    }
    return next();
  }

  private static Instant nextAfter(Planned plan, Instant now) {
    return plan.settings().get().schedule().next(now).orElse(NEVER);
  }

  private Instant next() {
    return nextInstants.values().stream().min(Instant::compareTo).orElse(NEVER);
  }

  /// Decides every schedule that no one else decides meanwhile.
  ///
  /// @return whether one was decided by someone else, perhaps not as far as `now`
  private boolean decideAll(Instant now) {
    Map<String, Instant> decided = decidedUntil(now.truncatedTo(ChronoUnit.MILLIS));
    boolean overtaken = false;
    for (Planned plan : plans) {
      Instant from = decided.getOrDefault(plan.name(), now);
      overtaken |= !decide(plan, from, now);
    }
    return overtaken;
  }

  private Map<String, Instant> decidedUntil(Instant now) {
    List<String> names = plans.stream().map(Planned::name).toList();
    Map<String, Instant> decided = new HashMap<>();
    ask(
            Statement.of(SEEN, now, names, names),
            row -> new Decided(row.text("name"), row.instant("decided_until")))
        .forEach(schedule -> decided.put(schedule.name(), schedule.until()));
    return decided;
  }

  /// Decides one schedule up to `now`.
  ///
  /// @return false if someone else has done so since `decidedUntil` was read
  private boolean decide(Planned plan, Instant decidedUntil, Instant now) {
    ScheduleSettings settings = plan.settings().get();
    List<Instant> due = due(settings.schedule(), decidedUntil, now);
    if (due.isEmpty()) {
      return true;
    }
    List<Instant> chosen = settings.catchUp().choose(due, now.minus(ON_TIME));
    Fired fired = fire(plan, decidedUntil, due.getLast(), chosen);
    if (fired.decided() == 0) {
      return false;
    }
    LOG.atInfo()
        .addKeyValue("schedule", plan.name())
        .addKeyValue("instants", chosen)
        .addKeyValue("passed_over", due.size() - chosen.size())
        .addKeyValue("jobs", fired.added())
        .log("schedule fired");
    running.wakes().added(plan.kind());
    return true;
  }

  /// The instants after `from`, up to and with `now`; the latest if there are very many.
  private static List<Instant> due(Schedule schedule, Instant from, Instant now) {
    Instant oldest = now.minus(LOOK_BACK);
    var due = new ArrayDeque<Instant>();
    Optional<Instant> next = schedule.next(from.isBefore(oldest) ? oldest : from);
    while (next.isPresent() && !next.get().isAfter(now)) {
      due.add(next.get());
      if (due.size() > MOST_INSTANTS) {
        due.removeFirst();
      }
      next = schedule.next(next.get());
    }
    return List.copyOf(due);
  }

  private Fired fire(Planned plan, Instant from, Instant until, List<Instant> instants) {
    Statement fire =
        Statement.of(
            FIRE,
            until,
            plan.name(),
            from,
            until.minus(Duration.ofDays(1)),
            instants.stream().map(Instant::toString).toList(),
            plan.kind(),
            running.release().id());
    return ask(fire, row -> new Fired(row.int64("decided"), row.int64("added"))).getFirst();
  }

  private <T> List<T> ask(Statement statement, RowMapper<T> mapper) {
    Context context = Context.of("jobs.schedule", Deadline.after(PATIENCE, running.clock()));
    try (Bracket<List<T>> bracket =
        running.database().begin(context, Opening.rows(statement, mapper))) {
      bracket.commit();
      return bracket.opened();
    }
  }
}
