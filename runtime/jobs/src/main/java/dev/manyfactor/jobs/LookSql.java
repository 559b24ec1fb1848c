package dev.manyfactor.jobs;

/// The statements of one look at the queues. They go out together, in one round trip and one
/// transaction, and each sees what the one before it did.
///
/// Rows are deleted by an array of their ids: the planner takes tables that are empty most of the
/// time for small, and would join all their rows, the dead ones too, with the few that were chosen.
final class LookSql {
  private static final String SHARED =
      "id, kind, tenant, payload, unique_key, release, trace, attempts, fence, failures,"
          + " enqueued_at";

  /// What this statement has taken so far, in seconds.
  private static final String COST =
      "extract(epoch from clock_timestamp() - statement_timestamp())::float8";

  /// Leases of workers that are gone, and leases that have run out, are due again.
  ///
  /// A worker is gone if its session lock can be had, or if it was not seen for a while, see
  /// [Liveness]; a worker that is just committing has locked its row, which is passed over.
  /// Parameters: whether to, own number, lock class, whether to, own number.
  private static final String RESCUE =
      """
      with lost as (
        select id from manyfactor.run
        where ? and (
          expires_at < now()
          or worker in (
            select worker from (select distinct worker from manyfactor.run where worker <> ?) w
            where case when worker > 0 then pg_try_advisory_xact_lock(?, worker)
                       else not exists (
                         select from manyfactor.worker k
                         where k.number = w.worker and k.seen_at > now() - interval '6 seconds')
                  end))
        for update skip locked),
      taken as (
        delete from manyfactor.run where id = any(array(select id from lost)) returning *),
      back as (
        insert into manyfactor.job (%1$s)
        select id, kind, tenant, payload, unique_key, release, trace, attempts + 1, fence,
               failures || jsonb_build_object(
                 'at', now(), 'attempt', attempts + 1, 'release', '',
                 'reason', 'the worker that ran it was lost, or did not end it in time'),
               enqueued_at
        from taken
        returning id)
      select (select count(*) from back) as rescued,
             ? and exists (select from manyfactor.run where worker <> ?) as others_at_work,
             %2$s as cost
      """
          .formatted(SHARED, COST);

  /// Delayed jobs whose time has come are due. Parameter: the instant it is.
  private static final String MOVE =
      """
      with come as (
        select id from manyfactor.later where run_at <= ? order by run_at limit 500
        for update skip locked),
      taken as (
        delete from manyfactor.later where id = any(array(select id from come)) returning *)
      insert into manyfactor.job (%1$s, due_at) select %1$s, run_at from taken
      """
          .formatted(SHARED);

  /// Due jobs that lie below the floor, where no claim looks, are lifted to it, see [Floors].
  /// Parameters: kinds, their floors, whether to.
  private static final String LIFT =
      """
      with low as (
        select j.id, k.floor
        from unnest(?::text[], ?::timestamptz[]) as k (kind, floor)
        cross join lateral (
          select id from manyfactor.job where job.kind = k.kind and due_at < k.floor
          order by due_at, id limit 100 for update skip locked) j
        where ?),
      taken as (
        delete from manyfactor.job where id = any(array(select id from low)) returning *),
      lifted as (
        insert into manyfactor.job (%1$s, due_at)
        select %1$s, floor from taken join low using (id) returning id)
      select (select count(*) from lifted) as lifted, %2$s as cost
      """
          .formatted(SHARED, COST);

  /// The oldest due jobs of kinds that are not paused are leased to this worker, each to a place of
  /// its own where the kind has a limit. The lease is written first: whoever finds the place taken
  /// by a worker that looked at the same time leaves the job due. Parameters: kinds, milliseconds
  /// of their leases, their limits, 0 for none, their floors, own number, most per kind, most, own
  /// number.
  static final String LEASE =
      """
      with chosen as (
        select j.*, k.lease, free.slots[j.place] as slot
        from unnest(?::text[], ?::bigint[], ?::integer[], ?::timestamptz[])
             as k (kind, lease, most, floor)
        cross join lateral (
          select array_agg(s.slot order by (s.slot + ? %% k.most) %% k.most) as slots
          from generate_series(1, k.most) as s (slot)
          where not exists (
            select from manyfactor.run where run.kind = k.kind and run.slot = s.slot)) free
        cross join lateral (
          select oldest.*, row_number() over (order by due_at, id) as place
          from (
            select * from manyfactor.job
            where job.kind = k.kind and due_at >= k.floor
              and not exists (select from manyfactor.paused where paused.kind = k.kind)
            order by due_at, id
            limit least(?, case when k.most > 0 then coalesce(cardinality(free.slots), 0) end)
            for update skip locked) oldest) j
        order by j.due_at, j.id limit ?),
      leased as (
        insert into manyfactor.run (%1$s, slot, worker, expires_at)
        select id, kind, tenant, payload, unique_key, release, trace, attempts, fence + 1, failures,
               enqueued_at, slot, ?, now() + lease * interval '1 millisecond'
        from chosen
        on conflict (kind, slot) where slot is not null do nothing
        returning id),
      taken as (
        delete from manyfactor.job where id = any(array(select id from leased)) returning *)
      select id, kind, tenant, payload, unique_key, release, trace, attempts,
             fence + 1 as fence, failures::text as failures, enqueued_at, due_at,
             extract(epoch from clock_timestamp() - due_at)::float8 as waited,
             exists (select from manyfactor.cancelled c where c.job = taken.id) as cancelled
      from taken order by due_at, id
      """
          .formatted(SHARED);

  /// What else there is: how many jobs of the other kinds wait, unless they are paused, and which
  /// jobs are not to run. If it is this worker's turn, and there is something to do or in hand, the
  /// other workers are told so in the same transaction: they look more often then, and find what
  /// this one leaves if it is killed. No business transaction waits for that NOTIFY. Parameters:
  /// whether it is its turn, own number, most per kind, kinds, their floors.
  private static final String SURVEY =
      """
      select waiting, next_due, cancelled, paused, now() as server_time,
             case when ? and (0 < any (waiting)
                              or exists (select from manyfactor.run where worker = ?))
                  then pg_notify('manyfactor_jobs', '*')::text is not null
                  else false end as called
      from (
        select array(
                 select (select count(*)
                         from (select from manyfactor.job
                               where job.kind = k.kind and due_at >= k.floor
                                 and not exists (
                                   select from manyfactor.paused where paused.kind = k.kind)
                               limit ?) due)
                 from unnest(?::text[], ?::timestamptz[])
                      with ordinality as k (kind, floor, place)
                 order by place) as waiting,
               (select min(run_at) from manyfactor.later) as next_due,
               array(select job from manyfactor.cancelled limit 10000) as cancelled,
               array(select kind from manyfactor.paused) as paused
        offset 0) seen
      """;

  /// Whether a look is worth while, asked of queues at rest. Parameters: kinds, the instant it is.
  static final String GLANCE =
      """
      select exists (select from unnest(?::text[]) as k (kind)
               where exists (select from manyfactor.job where job.kind = k.kind)
                 and not exists (select from manyfactor.paused where paused.kind = k.kind))
             or exists (select from manyfactor.run)
             or coalesce(next_due <= ?, false) as work,
             next_due
      from (select min(run_at) as next_due from manyfactor.later) l
      """;

  /// All five, in this order.
  static final String LOOK = String.join(";\n", RESCUE, MOVE, LIFT, LEASE, SURVEY);

  /// The same for a worker that lives by the clock, which may have another session in each
  /// transaction: what a session would be told once is told each time. Parameter: own number.
  static final String LOOK_AND_LIVE =
      """
      select set_config('statement_timeout', '1500', true),
             set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true);
      insert into manyfactor.worker (number) values (?)
      on conflict (number) do update set seen_at = now();
      """
          + LOOK;

  /// One due job of a kind that is not paused, for a transactional attempt. Parameters: the kind,
  /// its floor, its limit or 0, how many milliseconds the transaction may last.
  static final String CLAIM = "select * from manyfactor.claim(?, ?, ?, ?)";

  private LookSql() {}
}
