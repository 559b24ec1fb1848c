# A service that stops as a good one does, with nothing but Python's standard library; tests change a line of it.
import json
import os
import select
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

stopping = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/readyz":
            self.answer(503 if stopping.is_set() else 200)
        else:
            self.answer(200)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.answer(201)

    def answer(self, status):
        body = json.dumps({"status": status}).encode()
        print("answering", self.path, flush=True)  # fails if nobody listens to it any more
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128


def stop(server):
    stopping.set()
    time.sleep(1)
    server.shutdown()


def main():
    server = Server((os.environ["HOST"], int(os.environ["PORT"])), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop, args=[server]).start())
    server.serve_forever(poll_interval=0.05)
    while select.select([server.socket], [], [], 0)[0]:
        server.handle_request()  # who was let in is answered
    server.server_close()


main()
