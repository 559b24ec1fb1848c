# A service that keeps notes and the keys of requests in PostgreSQL; tests change a line of it.
import json
import os
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import psycopg2

STEPS = [
    "create table if not exists note (id text primary key, text text not null)",
    "create table if not exists word (note text not null, word text not null)",
    "create table if not exists request (key text primary key, answer text)",
    "grant select, insert, update, delete on note, word, request to {}",
]


def migrate():
    with psycopg2.connect(os.environ["DATABASE_MIGRATION_URL"]) as connection:
        with connection.cursor() as cursor:
            for step in STEPS:
                cursor.execute(step.format(urlsplit(os.environ["DATABASE_URL"]).username))


def make(key, text):
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    with connection.cursor() as cursor:
        cursor.execute("insert into request (key) values (%s) on conflict do nothing", [key])
        if cursor.rowcount == 0:
            cursor.execute("select answer from request where key = %s", [key])
            return cursor.fetchone()[0]
        answer = json.dumps({"id": str(uuid.uuid4())})
        cursor.execute("insert into note values (%s, %s)", [answer, text])
        cursor.execute("insert into word values (%s, %s)", [answer, text])
        cursor.execute("update request set answer = %s where key = %s", [answer, key])
        connection.commit()
        return answer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, "{}")

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            self.answer(201, make(self.headers["Idempotency-Key"], text))
        except psycopg2.Error:
            self.answer(503, "{}")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


if sys.argv[1] == "migrate":
    migrate()
else:
    ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
