# A service whose sessions are cookies signed with a key of the config; tests change a line of it.
import hashlib
import hmac
import json
import os
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = os.environ["SESSION_KEY"].encode()


def sealed(user):
    return user + "." + hmac.new(KEY, user.encode(), hashlib.sha256).hexdigest()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        session = SimpleCookie(self.headers.get("Cookie", "")).get("session")
        given = session.value if session else self.headers.get("Authorization", "").removeprefix("Bearer ")
        user = given.split(".")[0]
        if self.path == "/readyz":
            self.answer(200, {"status": "ready"})
        elif hmac.compare_digest(given, sealed(user)):
            self.answer(200, {"user": user})
        else:
            self.answer(401, {"title": "log in"})

    def do_POST(self):
        user = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["user"]
        self.answer(200, {"user": user}, "session=" + sealed(user) + "; Path=/; HttpOnly")

    def answer(self, status, content, cookie=None):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
