create table person (
  tenant    text not null default current_setting('manyfactor.tenant'),
  id        bigint generated always as identity,
  reference text not null,
  email     text not null,
  nickname  text not null,
  country   text not null,
  primary key (tenant, id),
  unique (country, reference, tenant)
);
create unique index person_email on person (tenant, email) where nickname <> '';
create unique index person_nickname on person (lower(nickname));
create index person_country on person (country);

alter table person enable row level security;
alter table person force row level security;
create policy own_rows on person using (tenant = current_setting('manyfactor.tenant', true));
