"""A callback address that refuses some messages the first time, and acts on every id once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

_REFUSED_SHARE = 0.2


class Receiver:
    """`taken` counts deliveries by id; whoever acts by id acts once for each."""

    def __init__(self, rng: Random) -> None:
        self.url = ""
        self.taken: Counter[str] = Counter()
        self._rng = rng
        self._seen: set[str] = set()
        self._lock = threading.Lock()

    def take(self, message: str) -> int:
        """The status that it answers with."""
        with self._lock:
            first = message not in self._seen
            self._seen.add(message)
            # Who is refused twice comes again after minutes, which nobody here waits for.
            if first and self._rng.random() < _REFUSED_SHARE:
                return 503
            self.taken[message] += 1
            return 204


@contextmanager
def receiving(rng: Random) -> Iterator[Receiver]:
    receiver = Receiver(rng)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(receiver.take(self.headers["webhook-id"]))
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/told"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
