create table payment (
  tenant         text        not null default current_setting('manyfactor.tenant'),
  id             uuid        not null default uuidv7(),
  customer_id    uuid        not null,
  amount_minor   bigint      not null check (amount_minor > 0),
  refunded_minor bigint      not null default 0 check (refunded_minor between 0 and amount_minor),
  currency       text        not null,
  description    text,
  status         text        not null
                 check (status in ('pending', 'captured', 'declined', 'refunded', 'partially_refunded')),
  created_at     timestamptz not null default now(),
  settled_at     timestamptz,
  primary key (tenant, id),
  foreign key (tenant, customer_id) references customer (tenant, id)
);

-- pages are read newest first; a UUIDv7 orders by creation, so the key alone is the cursor
create index payment_by_customer on payment (tenant, customer_id, id);
create index payment_by_status on payment (tenant, status, id);
create index payment_to_settle on payment (tenant, id) 
  where settled_at is null and status in ('captured', 'refunded', 'partially_refunded');

alter table payment enable row level security;
alter table payment force row level security;
create policy own_rows on payment using (tenant = current_setting('manyfactor.tenant', true));

create table refund (
  tenant       text        not null default current_setting('manyfactor.tenant'),
  id           uuid        not null default uuidv7(),
  payment_id   uuid        not null,
  amount_minor bigint      not null check (amount_minor > 0),
  currency     text        not null,
  created_at   timestamptz not null default now(),
  primary key (tenant, id),
  foreign key (tenant, payment_id) references payment (tenant, id)
);

create index refund_by_payment on refund (tenant, payment_id);

alter table refund enable row level security;
alter table refund force row level security;
create policy own_rows on refund using (tenant = current_setting('manyfactor.tenant', true));
