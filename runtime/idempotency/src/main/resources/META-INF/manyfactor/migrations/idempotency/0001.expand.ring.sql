-- Answers that may be asked for again, written once, in the transaction of their effect.
--
-- A key that is a UUID of version 7 says on which day it was made: its answer lies in the slot of
-- that day, and a slot is emptied by TRUNCATE once its day is over for good, before it is used
-- again. All other answers lie in one table, and are deleted one by one.
create table manyfactor.idempotency (
  slot smallint not null,                 -- day number modulo 16; -1 for keys without a day
  scope uuid not null,                    -- digest of tenant and subject
  key text collate "C" not null,
  tenant text not null,
  fingerprint bytea not null,             -- SHA-256 of the request
  status smallint not null,
  headers text not null,                  -- one "name: value" per line
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (scope, key, slot)
) partition by list (slot);

create table manyfactor.idempotency_00 partition of manyfactor.idempotency for values in (0);
create table manyfactor.idempotency_01 partition of manyfactor.idempotency for values in (1);
create table manyfactor.idempotency_02 partition of manyfactor.idempotency for values in (2);
create table manyfactor.idempotency_03 partition of manyfactor.idempotency for values in (3);
create table manyfactor.idempotency_04 partition of manyfactor.idempotency for values in (4);
create table manyfactor.idempotency_05 partition of manyfactor.idempotency for values in (5);
create table manyfactor.idempotency_06 partition of manyfactor.idempotency for values in (6);
create table manyfactor.idempotency_07 partition of manyfactor.idempotency for values in (7);
create table manyfactor.idempotency_08 partition of manyfactor.idempotency for values in (8);
create table manyfactor.idempotency_09 partition of manyfactor.idempotency for values in (9);
create table manyfactor.idempotency_10 partition of manyfactor.idempotency for values in (10);
create table manyfactor.idempotency_11 partition of manyfactor.idempotency for values in (11);
create table manyfactor.idempotency_12 partition of manyfactor.idempotency for values in (12);
create table manyfactor.idempotency_13 partition of manyfactor.idempotency for values in (13);
create table manyfactor.idempotency_14 partition of manyfactor.idempotency for values in (14);
create table manyfactor.idempotency_15 partition of manyfactor.idempotency for values in (15);
create table manyfactor.idempotency_other partition of manyfactor.idempotency for values in (-1);
create index idempotency_other_age on manyfactor.idempotency_other (created_at);

-- The slots are addressed by name: a statement on the whole table would lock all of them.
-- grant: select, insert, truncate on manyfactor.idempotency_00
-- grant: select, insert, truncate on manyfactor.idempotency_01
-- grant: select, insert, truncate on manyfactor.idempotency_02
-- grant: select, insert, truncate on manyfactor.idempotency_03
-- grant: select, insert, truncate on manyfactor.idempotency_04
-- grant: select, insert, truncate on manyfactor.idempotency_05
-- grant: select, insert, truncate on manyfactor.idempotency_06
-- grant: select, insert, truncate on manyfactor.idempotency_07
-- grant: select, insert, truncate on manyfactor.idempotency_08
-- grant: select, insert, truncate on manyfactor.idempotency_09
-- grant: select, insert, truncate on manyfactor.idempotency_10
-- grant: select, insert, truncate on manyfactor.idempotency_11
-- grant: select, insert, truncate on manyfactor.idempotency_12
-- grant: select, insert, truncate on manyfactor.idempotency_13
-- grant: select, insert, truncate on manyfactor.idempotency_14
-- grant: select, insert, truncate on manyfactor.idempotency_15
-- grant: select, insert, update, delete on manyfactor.idempotency_other
