"""A model that answers some calls and then nobody: so a test knows which calls had ended when it kills somebody."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from evals.servers.cluster import until
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.wire import Hang, Refusal
from evals.servers.wire_format import Asked, Reply

PATIENCE_SECONDS = 240.0


class AnswersThenHangs:
    """Answers the first calls, and after them nobody."""

    def __init__(self, answered: int) -> None:
        self._model = SimulatedModel(Pace(call_seconds=0))
        self._left = answered
        self._lock = threading.Lock()
        self.hanging = False
        self.answered: list[str] = []

    def __call__(self, asked: Asked) -> Reply | Refusal | Hang:
        with self._lock:
            if self._left == 0:
                self.hanging = True
                return Hang()
            self._left -= 1
            self.answered.append(asked.user)
            return self._model.chat(asked)

    def until_it_hangs(self, kept: Callable[[], int], alive: Callable[[], bool] = lambda: True) -> None:
        """Until nobody is answered any more and everything that was answered is `kept`, so that a kill may come."""
        until(lambda: self.hanging or not alive(), "the model to be asked", PATIENCE_SECONDS)
        assert alive(), "it ended before it was killed"
        until(lambda: kept() >= len(self.answered), "the answers to be kept", PATIENCE_SECONDS)


def repeated(*calls: AnswersThenHangs) -> list[str]:
    """What was asked more than once of what was answered."""
    return [words for words, times in Counter(w for one in calls for w in one.answered).items() if times > 1]


def kept_in_file(data_dir: Path) -> int:
    """How many answers the cache in a data folder holds."""
    with closing(sqlite3.connect(f"file:{data_dir / 'answers.sqlite'}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])


def kept_on_server(url: str) -> int:
    """How many answers the cache in a database holds."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM isnad_answers.answers").fetchone()
    assert row is not None
    return int(row[0])
