# Counts the letters of each note, in the transaction that takes it.
import os
import time

import psycopg2

connection = psycopg2.connect(os.environ["DATABASE_URL"])
while True:
    with connection, connection.cursor() as cursor:
        cursor.execute("select text from note order by id for update skip locked limit 1")
        for (text,) in cursor.fetchall():
            cursor.execute("insert into tally (text) values (%s)", (text,))
            cursor.execute("delete from note where text = %s", (text,))
    time.sleep(0.1)
