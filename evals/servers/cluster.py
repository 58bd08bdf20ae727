"""The service as real processes on this machine: API, workers, PostgreSQL, Chroma and a simulated model.

Used where something is killed, stopped or counted: by tests, measurements and fault experiments. Everything listens
on loopback, on free ports, and is gone at the end.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from evals.servers.endpoint import Pace, Stats
from evals.servers.forked import Forked
from evals.servers.postgres import PostgresServer, run_postgres

ROOT = Path(__file__).parents[2]
_PATIENCE = 240.0


class Member:
    """One process. It can be killed, frozen and started again; what it writes goes to `log`.

    With `forked` it begins with the package loaded, in a hundredth of the time: see `evals.servers.forked`.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path, *, forked: bool = False
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._popen = Forked[bytes] if forked else subprocess.Popen[bytes]
        self.log = log
        self.process = self._begin()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    @property
    def told(self) -> str:
        """All that it has written so far, in all its lives."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Again, after it was killed or stopped."""
        self.process = self._begin()

    def kill(self) -> None:
        """As `kill -9`; also a frozen one."""
        self.process.kill()
        self.process.wait()

    def stop(self, patience: float = _PATIENCE) -> int:
        """Its exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def until_told(self, words: str) -> str:
        """The line that begins with the first `words` since it was started; an error when it ends before that."""
        until(lambda: words in self._news() or not self.alive, f"{self._command[-1]} to say {words!r}")
        if words not in self._news():
            raise RuntimeError(f"{' '.join(self._command)} ended with {self.process.returncode}: {self.told[-3000:]}")
        return words + self._news().partition(words)[2].partition("\n")[0]

    def _begin(self) -> "subprocess.Popen[bytes]":
        self._before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as out:
            return self._popen(
                self._command, env=self._environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=ROOT
            )

    def _news(self) -> str:
        with self.log.open("rb") as log:
            log.seek(self._before)
            return log.read().decode(errors="replace")


class Cluster:
    """Opened with `open_cluster`. `postgres` and `chroma` are None where one process does it all on SQLite."""

    def __init__(
        self,
        folder: Path,
        model: str,
        settings: Mapping[str, str],
        postgres: PostgresServer | None,
        chroma: Member | None,
        *,
        forked: bool,
    ) -> None:
        self.folder = folder
        self.model = model
        self.postgres = postgres
        self.chroma = chroma
        self.members: list[Member] = []
        self._settings = settings
        self._forked = forked

    @property
    def database_url(self) -> str:
        """Of the database that is shared; `KeyError` where none is."""
        return self._settings["database_url"]

    def serve(self, *arguments: str, **settings: str) -> Member:
        """An API process on a free port, still starting; see `address`."""
        return self._member("serve", ["serve", "--port", "0", *arguments], settings)

    def worker(self, *arguments: str, **settings: str) -> Member:
        """A worker, still starting; it says "works" once it does."""
        return self._member("worker", ["worker", *arguments], settings)

    def run(self, *arguments: str, **settings: str) -> str:
        """The output of an `isnad` command that ends by itself."""
        command = [sys.executable, "-m", "agent", *arguments]
        environment = self._environment("command") | _named(settings)
        popen = Forked[str] if self._forked else subprocess.Popen[str]
        with popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        ) as ran:
            out, err = ran.communicate()
        if ran.returncode:
            raise RuntimeError(f"isnad {' '.join(arguments)} ended with {ran.returncode}: {err[-3000:]}")
        return out

    def asked(self) -> Stats:
        """What the model was asked so far."""
        return Stats.model_validate_json(_get(self.model.removesuffix("/v1") + "/stats"))

    def forget_asked(self) -> None:
        urlopen(Request(self.model.removesuffix("/v1") + "/stats", method="DELETE"), timeout=_PATIENCE).close()

    def _member(self, kind: str, arguments: list[str], settings: Mapping[str, str]) -> Member:
        name = f"{kind}-{len(self.members)}"
        member = Member(
            [sys.executable, "-m", "agent", *arguments],
            self._environment(name) | _named(settings),
            self.folder / f"{name}.log",
            forked=self._forked,
        )
        self.members.append(member)
        return member

    def _environment(self, name: str) -> dict[str, str]:
        """Nobody's own settings. Where the data is shared, every process has a folder that no other one sees."""
        data = self.folder / (name if self.postgres is not None else "one") / "data"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ISNAD_", "OPENAI_"))}
        return kept | {"ISNAD_DATA_DIR": str(data)} | _named(self._settings)


def address(serving: Member) -> str:
    """Where an API process listens, once it is ready."""
    url = serving.until_told("listens on ").removeprefix("listens on ").split()[0]
    # The socket listens before the service is ready: the first question takes its time.
    _get(f"{url}/readyz")
    return url


@contextmanager
def open_cluster(
    folder: Path,
    *,
    pace: Pace | None = None,
    model: str | None = None,
    shared: bool = True,
    durable: bool = False,
    forked: bool = False,
    connections: int = 300,
    **settings: str,
) -> Iterator[Cluster]:
    """A simulated model, or the `model` at an address of yours, and PostgreSQL and Chroma where data is `shared`.

    API processes and workers are yours to start; they are killed at the end. Where neither the start of processes nor
    their memory is measured, they may be `forked`, as `Member` says. Where it is measured how long a commit
    takes, PostgreSQL has to be `durable`: see `run_postgres`.
    """
    with ExitStack() as stack:
        model = model or stack.enter_context(run_model(folder, pace or Pace(), forked=forked))
        given = {"base_url": model, "model": "simulated", "api_key": "none", "idle_timeout": "60"}
        postgres = stack.enter_context(run_postgres(durable=durable, connections=connections)) if shared else None
        chroma = None
        if postgres is not None:
            chroma, url = stack.enter_context(run_chroma(folder, forked=forked))
            given |= {"database_url": postgres.create_database(), "chroma_url": url}
        cluster = Cluster(folder, model, given | settings, postgres, chroma, forked=forked)
        try:
            yield cluster
        finally:
            for member in cluster.members:
                member.kill()


@contextmanager
def run_model(folder: Path, pace: Pace, *, forked: bool = False) -> Iterator[str]:
    """The simulated model in a process of its own; its address."""
    member = Member(
        [sys.executable, "-m", "evals.servers.endpoint", pace.model_dump_json()],
        os.environ,
        folder / "model.log",
        forked=forked,
    )
    try:
        yield member.until_told("http://").strip()
    finally:
        member.kill()


@contextmanager
def run_chroma(folder: Path, *, forked: bool = False) -> Iterator[tuple[Member, str]]:
    """A Chroma server, and its address, which it keeps when it is started again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from chromadb.cli.cli import app; app()",
        "run",
        "--path",
        str(folder / "chroma"),
    ]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    member = Member(command, os.environ, folder / "chroma.log", forked=forked)
    url = f"http://127.0.0.1:{port}"
    try:
        until_chroma_answers(member, url)
        yield member, url
    finally:
        member.kill()


def until_chroma_answers(member: Member, url: str) -> None:
    def answers() -> bool:
        try:
            _get(f"{url}/api/v2/heartbeat")
        except (URLError, OSError):
            return not member.alive
        return True

    until(answers, "Chroma to answer")
    if not member.alive:
        raise RuntimeError(f"Chroma did not start: {member.told[-3000:]}")


def until(happened: Callable[[], bool], what: str, patience: float = _PATIENCE) -> None:
    """Waits for it; raises `TimeoutError` that says what was waited for."""
    end = time.monotonic() + patience
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {patience:g} s for {what}")
        time.sleep(0.05)


def _get(url: str) -> bytes:
    with urlopen(url, timeout=_PATIENCE) as answer:
        body: bytes = answer.read()
    return body


def _named(settings: Mapping[str, str]) -> dict[str, str]:
    return {f"ISNAD_{name.upper()}": value for name, value in settings.items()}
