-- grant: select, insert, update, delete on manyfactor.checkpoint
--
-- How far jobs of several steps have come. The row is written in the transaction of the step that it
-- follows, and goes with the last step, or with the dead letter. It is a table of its own, so that a
-- release that does not know of it moves such a job without losing its place.

create table manyfactor.checkpoint (
  job      uuid primary key,
  data     text not null check (octet_length(data) <= 65536),
  steps    integer not null default 1,
  saved_at timestamptz not null default now()
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);

comment on column manyfactor.checkpoint.steps is 'how many steps of the job have committed';
