create table charge (
  tenant       text        not null default current_setting('manyfactor.tenant'),
  id           uuid        not null default uuidv7(),
  reference    text        not null,
  amount_minor bigint      not null check (amount_minor > 0),
  currency     text        not null,
  status       text        not null check (status in ('approved', 'declined')),
  created_at   timestamptz not null default now(),
  primary key (tenant, id)
);

create index charge_by_reference on charge (tenant, reference, id);

alter table charge enable row level security;
alter table charge force row level security;
create policy own_rows on charge using (tenant = current_setting('manyfactor.tenant', true));
