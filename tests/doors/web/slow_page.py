"""A page on loopback that is sent when the test says so."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PATIENCE = 240.0


class SlowPage:
    def __init__(self, url: str, may_go: threading.Event) -> None:
        self.url = url
        self._may_go = may_go

    def send(self) -> None:
        self._may_go.set()


@contextmanager
def run_slow_page(title: str, text: str) -> Iterator[SlowPage]:
    may_go = threading.Event()
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    body = f"<!doctype html><html lang=ar><title>{escape(title)}</title><article><h1>{escape(title)}</h1>{paragraphs}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self._answer(404, b"")
                return
            may_go.wait(_PATIENCE)
            self._answer(200, body.encode())

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield SlowPage(f"http://127.0.0.1:{server.server_port}/story", may_go)
    finally:
        may_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
