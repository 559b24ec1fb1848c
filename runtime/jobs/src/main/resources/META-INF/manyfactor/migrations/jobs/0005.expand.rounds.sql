-- The claim of a transactional job, and the completion of leased ones.
--
-- Functions, because the tables are empty most of the time, and a plan made then must not scan them
-- when they are full: neither the table, nor all that a bitmap has of it, to be sorted. It has to walk
-- along an index and to stop.

-- The oldest due job of a kind, to be done in this transaction. It goes out together with BEGIN and
-- nothing else, and so also limits how long that transaction may last: a worker that is frozen right
-- behind its claim must not keep the job for ever.
--
--   of_kind  of a queue that is paused nothing is claimed
--   floor    jobs that are due earlier are not looked at
--   most     how many jobs of the kind may run at a time, 0 for any number: one of as many places is
--            taken, which is free again when the transaction ends, however it ends
--   millis   how long the transaction may last, from now on

create function manyfactor.claim(of_kind text, floor timestamptz, most integer, millis text)
  returns table (id uuid, kind text, tenant text, payload text, unique_key text, release text,
                 trace text, attempts integer, fence bigint, failures text,
                 enqueued_at timestamptz, due_at timestamptz, waited double precision,
                 cancelled boolean)
  language plpgsql
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  perform set_config(
    case when current_setting('server_version_num')::integer >= 170000
         then 'transaction_timeout' else 'idle_in_transaction_session_timeout' end, millis, true);
  return query
    delete from manyfactor.job j
    where j.id = (
      select c.id from manyfactor.job c
      where c.kind = of_kind and c.due_at >= floor
        and not exists (select from manyfactor.paused where paused.kind = of_kind)
        -- of 64 bits, so that two places are the same only in theory, and with a number that keeps
        -- them apart from locks of others
        and (most = 0 or exists (
          select from generate_series(1, most) as place
          where pg_try_advisory_xact_lock(hashtextextended(of_kind || ' ' || place, 76566001))))
      order by c.due_at, c.id limit 1
      for update skip locked)
    returning j.id, j.kind, j.tenant, j.payload, j.unique_key, j.release, j.trace, j.attempts,
              j.fence, j.failures::text, j.enqueued_at, j.due_at,
              extract(epoch from clock_timestamp() - j.due_at)::double precision,
              exists (select from manyfactor.cancelled m where m.job = j.id);
end
$$;

-- Leased jobs are done that have no effects of their own to commit: each whose lease still holds.
-- Answers which those are. The two arrays belong together.

create function manyfactor.complete(jobs uuid[], fences bigint[])
  returns table (id uuid)
  language plpgsql
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  done record;
begin
  for done in
    delete from manyfactor.run r using unnest(jobs, fences) as mine (job, fence)
    where r.id = any(jobs) and r.id = mine.job and r.fence = mine.fence
    returning r.id, r.kind, r.tenant, r.unique_key
  loop
    if done.unique_key is not null then
      delete from manyfactor.job_key k
      where k.kind = done.kind and k.tenant = done.tenant and k.key = done.unique_key
        and k.job = done.id;
    end if;
    id := done.id;
    return next;
  end loop;
end
$$;
