"""The tests of a module, once for every change of it, each time in a fork of the process that collected them."""

import importlib
import json
import os
import select
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from evals.mutants.changes import Change, changes_of
from evals.mutants.running import put_in, replaces

# Servers are started once a run of the tests, and a fork would start its own.
_NEEDS_SERVERS = {"create_database", "database_url", "chroma_url"}
_SLOWER, _AT_LEAST_SECONDS = 10, 20
_TRIED_FIRST = 12
_QUICK_SECONDS = 0.8
_SURVIVED, _NOT_LOADED = "survived", "not loaded"


@dataclass
class Outcome:
    """What became of the changes of one module."""

    killed: int = 0
    survivors: list[Change] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def made(self) -> int:
        return self.killed + len(self.survivors)


class Mutating:
    """A plugin of pytest, in place of its loop over the tests."""

    def __init__(self, name: str, jobs: int = 2, only: frozenset[int] = frozenset()) -> None:
        self._name = name
        self._jobs = jobs
        self._only = only
        # Which test noticed a change of which line: what is near is often noticed by the same one.
        self._killers: list[tuple[int, int]] = []
        self._order: list[int] = []
        self.outcome = Outcome()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [one for one in items if not _NEEDS_SERVERS & set(getattr(one, "fixturenames", ()))]
        items[:] = [one for one in items if "servers" not in one.name]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed or not session.items:
            raise session.Failed(f"the tests of {self._name} cannot be collected")
        module = importlib.import_module(self._name)
        source = Path(str(module.__file__)).read_text("utf-8")
        changes = [one for one in changes_of(source) if replaces(source, one.source)]
        changes = [one for one in changes if not self._only or one.line in self._only]
        started = time.monotonic()
        base = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # each fork has its own
        (told,) = self._all(session, module, [None], 600, base)
        if not told.startswith("["):
            raise session.Failed(f"the tests of {self._name} fail as they are: {told}")
        self._order = _quick(json.loads(told))
        bound = max(_AT_LEAST_SECONDS, _SLOWER * (time.monotonic() - started))
        said = self._all(session, module, changes, bound, base)
        self.outcome.seconds = time.monotonic() - started
        for change, end in zip(changes, said, strict=True):
            self.outcome.killed += end not in (_SURVIVED, _NOT_LOADED)
            if end == _SURVIVED:
                self.outcome.survivors.append(change)
        return True

    def _all(
        self,
        session: pytest.Session,
        module: ModuleType,
        changes: list[Change] | list[None],
        bound: float,
        base: Path,
    ) -> list[str]:
        said = ["" for _ in changes]
        waiting = list(enumerate(changes))[::-1]
        running: dict[int, tuple[int, int, float]] = {}  # the end of a pipe: which change, whose process, until when
        while waiting or running:
            while waiting and len(running) < self._jobs:
                number, change = waiting.pop()
                reading, pid = self._fork(session, module, change, base)
                running[reading] = number, pid, time.monotonic() + bound
            ready, _, _ = select.select(list(running), [], [], 1)
            late = [one for one, (_, _, until) in running.items() if time.monotonic() > until and one not in ready]
            for reading in late:
                os.killpg(running[reading][1], signal.SIGKILL)
            for reading in {*ready, *late}:
                number, pid, _ = running.pop(reading)
                said[number] = self._ended(reading, pid, changes[number])
                shutil.rmtree(base / str(pid), ignore_errors=True)
        return said

    def _ended(self, reading: int, pid: int, change: Change | None) -> str:
        with open(reading, encoding="utf-8") as told:
            end = told.read()
        os.waitpid(pid, 0)
        if end.isdigit() and change is not None:
            self._killers.append((change.line, int(end)))
        return end or "ended"

    def _fork(
        self, session: pytest.Session, module: ModuleType, change: Change | None, base: Path
    ) -> tuple[int, int]:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writing)
            return reading, pid
        try:
            os.setpgid(0, 0)
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silence, stream)
            session.config._tmp_path_factory._basetemp = base / str(os.getpid())  # type: ignore[attr-defined]
            (base / str(os.getpid())).mkdir()
            os.write(writing, self._tried(session, module, change).encode())
        finally:
            os._exit(0)

    def _tried(self, session: pytest.Session, module: ModuleType, change: Change | None) -> str:
        """The number of the first test that fails, or that none does."""
        if change is not None:
            try:
                put_in(module, change.source)
            except Exception:  # noqa: BLE001  # whatever a module may raise
                return _NOT_LOADED
        first = self._likely(change) if change is not None else []
        order = [*first, *(one for one in self._order or range(len(session.items)) if one not in first)]
        items = [session.items[one] for one in order]
        failed = False

        class Noticing:
            @staticmethod
            def pytest_runtest_logreport(report: pytest.TestReport) -> None:
                nonlocal failed
                failed = failed or report.failed

        session.config.pluginmanager.register(Noticing())
        spent: list[float] = []
        for number, item, following in zip(order, items, [*items[1:], None], strict=True):
            before = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            spent.append(time.process_time() - before)
            if failed:
                return str(number)
        return _SURVIVED if change is not None else json.dumps(spent)

    def _likely(self, change: Change) -> list[int]:
        near = sorted(self._killers, key=lambda one: abs(one[0] - change.line))
        return list(dict.fromkeys(number for _, number in near))[:_TRIED_FIRST]


def _quick(seconds: list[float]) -> list[int]:
    """The numbers of the tests that are worth running a hundred times, the quickest first."""
    order = sorted(range(len(seconds)), key=lambda one: seconds[one])
    return [one for one in order if seconds[one] <= _QUICK_SECONDS]


def run(name: str, tests: list[str], only: frozenset[int] = frozenset(), jobs: int = 2) -> Outcome:
    plugin = Mutating(name, jobs, only)
    arguments = ["-s", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *tests]
    code = pytest.main(arguments, plugins=[plugin])
    if code != pytest.ExitCode.OK:
        sys.exit(f"{name}: the tests could not be run ({code!r})")
    return plugin.outcome
