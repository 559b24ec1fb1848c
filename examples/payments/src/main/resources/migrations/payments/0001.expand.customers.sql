create table customer (
  tenant     text        not null default current_setting('manyfactor.tenant'),
  id         uuid        not null default uuidv7(),
  email      text        not null,
  name       text        not null,
  country    text        not null,
  tier       text        not null check (tier in ('standard', 'vip')),
  created_at timestamptz not null default now(),
  primary key (tenant, id),
  unique (tenant, email)
);

alter table customer enable row level security;
alter table customer force row level security;
create policy own_rows on customer using (tenant = current_setting('manyfactor.tenant', true));
