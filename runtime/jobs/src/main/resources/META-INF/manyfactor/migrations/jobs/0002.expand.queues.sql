-- grant: select, insert, delete on manyfactor.paused
-- grant: select, insert, delete on manyfactor.cancelled
--
-- What an operator does to queues: holding them, and taking jobs out of them.

-- the kinds of which nobody takes a job; who adds one is not held up
create table manyfactor.paused (
  kind      text primary key collate "C",
  paused_at timestamptz not null default now()
);

-- The jobs that run and are not to: a worker that runs one interrupts it, and whoever takes one
-- makes it a dead letter instead of running it. The row goes when that is done.
create table manyfactor.cancelled (
  job          uuid primary key,
  cancelled_at timestamptz not null default now()
);

-- Which of the places of its kind a leased job has taken, from 1; null where the kind has no limit.
-- The index refuses a place that is taken, so two workers that look at once cannot exceed a limit.
alter table manyfactor.run add column slot integer;
create unique index run_slot on manyfactor.run (kind, slot) where slot is not null;

-- the latest dead letters of all kinds, and those that are past their retention
create index dead_by_time on manyfactor.dead (died_at);
