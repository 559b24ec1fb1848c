-- grant: select, insert, update, delete on manyfactor.worker
--
-- When the workers that cannot hold a session lock were last seen, by this clock. Their numbers are
-- negative, so that nobody takes a lock that is free for the sign that such a worker is gone.

create table manyfactor.worker (
  number  integer primary key check (number < 0),
  seen_at timestamptz not null default now()
) with (fillfactor = 50);
