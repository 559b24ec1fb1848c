-- grant: select, insert, update, delete on manyfactor.job
-- grant: select, insert, update, delete on manyfactor.later
-- grant: select, insert, update, delete on manyfactor.run
-- grant: select, insert, update, delete on manyfactor.dead
-- grant: select, insert, delete on manyfactor.job_key
-- grant: select, insert on manyfactor.tenant
-- grant: select, insert, update on manyfactor.schedule
-- grant: select, insert, delete on manyfactor.schedule_fire
--
-- Durable queues and schedules.
--
-- A job lives in exactly one of job (due), later (not yet due), run (leased to a worker) and dead
-- (given up). It moves by DELETE … RETURNING into an INSERT, in one statement or one transaction,
-- so no row is ever updated and no dead row lies between two that are claimed. A job that is done
-- leaves no row; what it did is in the service's own tables, and how many there were is a metric.
--
-- Columns that the four share:
--   id           UUID of version 7, made by the enqueuer; the same over all attempts
--   kind         the payload's stored name, which chooses the code that runs it
--   tenant       whose data the job may see
--   payload      JSON, at most 64 KiB
--   unique_key   while this job lives, job_key holds it
--   release      the release that added the job
--   trace        the W3C traceparent of whoever added it
--   attempts     how many attempts have failed or been lost
--   fence        how often the job has been leased; a completion must name the current value
--   failures     the latest 25 failures, oldest first: {at, attempt, release, reason}
--   enqueued_at  when the transaction that added it began

create table manyfactor.job (
  id          uuid primary key,
  kind        text not null collate "C",
  tenant      text not null collate "C",
  payload     text not null check (octet_length(payload) <= 65536),
  unique_key  text collate "C",
  release     text not null,
  trace       text,
  attempts    integer not null default 0,
  fence       bigint not null default 0,
  failures    jsonb not null default '[]',
  enqueued_at timestamptz not null default now(),
  due_at      timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0,
        autovacuum_analyze_threshold = 10000);

-- the order in which jobs of one kind are claimed, and the age of the oldest
create index job_due on manyfactor.job (kind, due_at, id);

create table manyfactor.later (
  id          uuid primary key,
  kind        text not null collate "C",
  tenant      text not null collate "C",
  payload     text not null check (octet_length(payload) <= 65536),
  unique_key  text collate "C",
  release     text not null,
  trace       text,
  attempts    integer not null default 0,
  fence       bigint not null default 0,
  failures    jsonb not null default '[]',
  enqueued_at timestamptz not null default now(),
  run_at      timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

create index later_run_at on manyfactor.later (run_at);

create table manyfactor.run (
  id          uuid primary key,
  kind        text not null collate "C",
  tenant      text not null collate "C",
  payload     text not null,
  unique_key  text collate "C",
  release     text not null,
  trace       text,
  attempts    integer not null,
  fence       bigint not null,
  failures    jsonb not null,
  enqueued_at timestamptz not null,
  worker      integer not null,
  started_at  timestamptz not null default now(),
  expires_at  timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

comment on column manyfactor.run.worker is
  'the number whose session advisory lock the worker process holds while it lives';
comment on column manyfactor.run.expires_at is
  'by this clock: when the lease is taken back although its worker seems to live';

create table manyfactor.dead (
  id          uuid primary key,
  kind        text not null collate "C",
  tenant      text not null collate "C",
  payload     text not null,
  unique_key  text collate "C",
  release     text not null,
  trace       text,
  attempts    integer not null,
  fence       bigint not null,
  failures    jsonb not null,
  enqueued_at timestamptz not null,
  reason      text not null,
  died_at     timestamptz not null default now()
);

create index dead_by_kind on manyfactor.dead (kind, died_at);

create table manyfactor.job_key (
  kind   text not null collate "C",
  tenant text not null collate "C",
  key    text not null collate "C",
  job    uuid not null,
  primary key (kind, tenant, key)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

-- the tenants that have added a job: what a schedule fans out over
create table manyfactor.tenant (
  tenant  text primary key collate "C",
  seen_at timestamptz not null default now()
);

-- how far each schedule has been decided: every instant up to decided_until has fired or was passed over
create table manyfactor.schedule (
  name          text primary key collate "C",
  decided_until timestamptz not null
);

-- what has fired in the last day: one effect per schedule, instant and tenant
create table manyfactor.schedule_fire (
  schedule text not null collate "C",
  instant  timestamptz not null,
  tenant   text not null collate "C",
  job      uuid not null,
  fired_at timestamptz not null default now(),
  primary key (schedule, instant, tenant)
);
