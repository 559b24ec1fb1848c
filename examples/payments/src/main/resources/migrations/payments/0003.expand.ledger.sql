-- one row per posting; the postings of one entry add up to zero, which a deferred trigger checks at commit
create table posting (
  tenant       text        not null default current_setting('manyfactor.tenant'),
  id           uuid        not null default uuidv7(),
  entry_id     uuid        not null,
  account      text        not null check (account in ('clearing', 'payable', 'refunds')),
  currency     text        not null,
  amount_minor bigint      not null check (amount_minor <> 0),
  created_at   timestamptz not null default now(),
  primary key (tenant, id)
);

create index posting_by_entry on posting (tenant, entry_id);
create index posting_by_account on posting (tenant, account, currency) include (amount_minor);

alter table posting enable row level security;
alter table posting force row level security;
create policy own_rows on posting using (tenant = current_setting('manyfactor.tenant', true));

create function posting_balances() returns trigger language plpgsql as $$
begin
  if (select sum(amount_minor) from posting where tenant = new.tenant and entry_id = new.entry_id) <> 0 then
    raise exception 'the postings of entry % do not add up to zero', new.entry_id;
  end if;
  return null;
end
$$;

create constraint trigger posting_balances after insert on posting
  deferrable initially deferred for each row execute function posting_balances();

create table settlement (
  tenant       text        not null default current_setting('manyfactor.tenant'),
  currency     text        not null,
  instant      timestamptz not null,
  amount_minor bigint      not null check (amount_minor > 0),
  payments     integer     not null check (payments > 0),
  primary key (tenant, currency, instant)
);

alter table settlement enable row level security;
alter table settlement force row level security;
create policy own_rows on settlement using (tenant = current_setting('manyfactor.tenant', true));
