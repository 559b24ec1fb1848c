# Makes the tables, as their owner; whoever comes second says so and ends.
import os
import sys
from urllib.parse import urlsplit

import psycopg2

role = urlsplit(os.environ["DATABASE_URL"]).username
with psycopg2.connect(os.environ["DATABASE_MIGRATION_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("select pg_try_advisory_xact_lock(1)")
    if not cursor.fetchone()[0]:
        sys.exit("another migration is running")
    cursor.execute("select to_regclass('note')")
    if cursor.fetchone()[0] is None:
        cursor.execute("create table note (id bigint generated always as identity, text text)")
    cursor.execute(f"grant select, insert, delete on note to {role}")
