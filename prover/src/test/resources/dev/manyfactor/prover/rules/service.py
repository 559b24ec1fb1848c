# A small good service, with nothing but Python's standard library; tests change a line of it.
import json
import os
import signal
import sys
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

notes = {}


def log(level, message, **more):
    time = datetime.now(timezone.utc).isoformat()
    print(json.dumps({"time": time, "level": level, "message": message, **more}), flush=True)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        if self.path == "/readyz":
            self.answer(200, {"status": "ready"})
        elif self.path.startswith("/v1/notes/") and name in notes:
            self.answer(200, notes[name])
        elif self.path == "/v1/notes":
            self.answer(200, {"notes": len(notes)})
        else:
            self.answer(404, {"title": "not found"})
        self.event()

    def do_POST(self):
        try:
            text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        except (KeyError, TypeError, ValueError):
            self.answer(400, {"title": "a note is an object with a text"})
        else:
            name = os.urandom(8).hex()
            notes[name] = {"id": name, "text": text}
            self.answer(201, notes[name], location="/v1/notes/" + name)
        self.event()

    def answer(self, status, content, location=None):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def event(self):
        parent = self.headers.get("traceparent", "--").split("-")
        log("INFO", "request", method=self.command, path=self.path, trace_id=parent[1])

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        log("WARNING", "request broken off: " + str(sys.exc_info()[1]))


def main():
    host = os.environ.get("HOST", "0.0.0.0")
    server = Server((host, int(os.environ["PORT"])), Handler)
    stop = lambda *_: threading.Thread(target=server.shutdown).start()
    signal.signal(signal.SIGTERM, stop)
    log("INFO", "started", port=server.server_port)
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    log("INFO", "stopped")
    sys.stdout.flush()
    os._exit(0)  # a thread that still writes would make the end of the interpreter fail


main()
