package dev.manyfactor.jobs;

/// What an operator asks of the four tables as if they were one, and what moves jobs by hand.
final class AdminSql {
  private static final String SHARED =
      "id, kind, tenant, payload, unique_key, release, trace, attempts, fence, failures,"
          + " enqueued_at";

  /// All jobs. A transactional job that is running is still in its table: the transaction that has
  /// deleted its row, but has not ended, is the one that runs it.
  private static final String JOBS =
      """
      with busy as materialized (
        select l.transactionid as xid, a.xact_start as since
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted),
      jobs as (
        select %1$s, case when b.xid is null then 'due' else 'running' end as state,
               coalesce(b.since, due_at) as since, null as reason
        from manyfactor.job j left join busy b on b.xid = j.xmax
        union all
        select %1$s, 'later', run_at, null from manyfactor.later
        union all
        select %1$s, 'running', started_at, null from manyfactor.run
        union all
        select %1$s, 'dead', died_at, reason from manyfactor.dead)
      """
          .formatted(SHARED);

  private static final String SUMMARY =
      """
      select id, kind, tenant, state, since, attempts, enqueued_at,
             coalesce(reason, failures -> -1 ->> 'reason') as reason
      """;

  private static final String CHOSEN =
      """
      from jobs
      where kind = coalesce(?::text, kind) and tenant = coalesce(?::text, tenant)
        and state = any(?::text[])
      """;

  /// Parameters: kind, tenant, states, most.
  static final String LIST =
      JOBS
          + SUMMARY
          + CHOSEN
          + """
          order by array_position(array['dead', 'running', 'due', 'later'], state),
                   case state when 'dead' then - extract(epoch from since)
                   else extract(epoch from since) end, id
          limit ?
          """;

  /// Parameters: kind, tenant, states, the id after which to begin, most.
  static final String IDS = JOBS + "select id " + CHOSEN + " and id > ? order by id limit ?";

  /// Parameter: the id.
  static final String SHOW =
      JOBS
          + SUMMARY
          + ", payload, unique_key, release, trace, failures::text as history from jobs where id ="
          + " ?";

  /// Which of them there are, and in which state. Parameter: ids.
  static final String STATES = JOBS + "select id, kind, state from jobs where id = any(?::uuid[])";

  static final String QUEUES =
      JOBS
          + """
          , counted as (
            select kind, count(*) filter (where state = 'due') as due,
                   count(*) filter (where state = 'running') as running,
                   count(*) filter (where state = 'later') as later,
                   count(*) filter (where state = 'dead') as dead,
                   min(since) filter (where state = 'due') as oldest
            from jobs group by kind)
          select coalesce(c.kind, p.kind) as kind, coalesce(due, 0) as due,
                 coalesce(running, 0) as running, coalesce(later, 0) as later,
                 coalesce(dead, 0) as dead, oldest, paused_at
          from counted c full join manyfactor.paused p on p.kind = c.kind
          """;

  /// Parameter: the kind.
  static final String PAUSE =
      "insert into manyfactor.paused (kind) values (?) on conflict do nothing returning kind";

  /// Parameter: the kind.
  static final String RESUME = "delete from manyfactor.paused where kind = ? returning kind";

  /// Dead letters are due again, unless a living job has their unique key. Parameter: ids.
  static final String RETRY =
      """
      with letter as (
        select id, kind, tenant, unique_key from manyfactor.dead where id = any(?::uuid[])
        for update),
      keyed as (
        insert into manyfactor.job_key (kind, tenant, key, job)
        select kind, tenant, unique_key, id from letter where unique_key is not null
        on conflict do nothing
        returning job),
      taken as (
        delete from manyfactor.dead d using letter l
        where d.id = l.id and (l.unique_key is null or l.id in (select job from keyed))
        returning d.*),
      unmarked as (
        delete from manyfactor.cancelled c using taken where c.job = taken.id)
      insert into manyfactor.job
        (id, kind, tenant, payload, unique_key, release, trace, fence, failures, enqueued_at)
      select id, kind, tenant, payload, unique_key, release, trace, fence, failures, enqueued_at
      from taken
      returning id, kind
      """;

  /// Parameter: ids.
  static final String DROP =
      """
      with gone as (
        delete from manyfactor.dead where id = any(?::uuid[]) returning id, kind),
      forgotten as (
        delete from manyfactor.checkpoint c using gone where c.job = gone.id)
      select id, kind from gone
      """;

  /// Jobs that nobody is just taking or completing become dead letters. A lease's row goes, so that
  /// its worker cannot commit; the mark tells it. Parameters: ids three times, the reason.
  static final String CANCEL =
      """
      with due as (
        select id from manyfactor.job where id = any(?::uuid[]) for update skip locked),
      later as (
        select id from manyfactor.later where id = any(?::uuid[]) for update skip locked),
      leased as (
        select id from manyfactor.run where id = any(?::uuid[]) for update skip locked),
      from_due as (
        delete from manyfactor.job j using due where j.id = due.id returning j.*),
      from_later as (
        delete from manyfactor.later l using later where l.id = later.id returning l.*),
      from_run as (
        delete from manyfactor.run r using leased where r.id = leased.id returning r.*),
      gone as (
        select %1$s from from_due union all
        select %1$s from from_later union all
        select %1$s from from_run),
      freed as (
        delete from manyfactor.job_key k using gone g
        where k.kind = g.kind and k.tenant = g.tenant and k.key = g.unique_key and k.job = g.id),
      marked as (
        insert into manyfactor.cancelled (job) select id from from_run on conflict do nothing),
      unmarked as (
        delete from manyfactor.cancelled c
        using (select id from from_due union all select id from from_later) waited
        where c.job = waited.id)
      insert into manyfactor.dead (%1$s, reason) select %1$s, ? from gone
      returning id, kind
      """
          .formatted(SHARED);

  /// Jobs that cannot be had: an attempt holds its row, and is to be interrupted. Parameters: ids
  /// twice.
  static final String MARK =
      """
      insert into manyfactor.cancelled (job)
      select id from manyfactor.job where id = any(?::uuid[]) union all
      select id from manyfactor.run where id = any(?::uuid[])
      on conflict do nothing
      returning job as id, '' as kind
      """;

  /// Parameter: ids.
  static final String UNMARK =
      "delete from manyfactor.cancelled where job = any(?::uuid[]) returning job as id, '' as kind";

  /// Parameters: when the latest of them died, most.
  static final String FORGET =
      """
      with gone as (
        delete from manyfactor.dead where id in (
          select id from manyfactor.dead where died_at < ? order by died_at limit ?
          for update skip locked)
        returning id, kind),
      forgotten as (
        delete from manyfactor.checkpoint c using gone where c.job = gone.id)
      select id, kind from gone
      """;

  /// Marks of jobs that ended otherwise. Parameter: when the latest of them was made.
  static final String FORGET_MARKS =
      """
      delete from manyfactor.cancelled c
      where cancelled_at < ? and not exists (select from manyfactor.job where id = c.job)
        and not exists (select from manyfactor.later where id = c.job)
        and not exists (select from manyfactor.run where id = c.job)
      returning job as id, '' as kind
      """;

  private AdminSql() {}
}
