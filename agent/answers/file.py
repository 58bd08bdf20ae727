"""Answers in one SQLite file."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.errors import StoreError
from agent.storage.answers.interface import EVICTED_AT_ONCE, KEYS_PER_QUERY, NOTED_EVERY_SECONDS, ROOM_SHARE

_BUSY_SECONDS = 10.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, value BLOB NOT NULL, used REAL NOT NULL);
CREATE INDEX IF NOT EXISTS answers_by_use ON answers (used);
"""


class AnswerFile:
    """`Answers`; raises `StoreError` when the file cannot be opened, read or written."""

    def __init__(self, path: Path, max_bytes: int, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._db = self._open()

    def __repr__(self) -> str:
        return f"AnswerFile({str(self._path)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def get(self, key: bytes) -> bytes | None:
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        with self._statements():
            for start in range(0, len(wanted), KEYS_PER_QUERY):
                found.update(self._read(wanted[start : start + KEYS_PER_QUERY]))
        return found

    def put(self, key: bytes, value: bytes) -> None:
        self.put_many({key: value})

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        now = self._clock()
        rows = [(key, value, now) for key, value in values.items()]
        with self._statements():
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
            self._make_room()

    @property
    def bytes_used(self) -> int:
        """Bytes of the file that hold something; freed pages are used again before it grows."""
        with self._statements():
            return self._used()

    def _open(self) -> sqlite3.Connection:
        with self._translated("open"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, check_same_thread=False)
            try:
                db.execute("PRAGMA journal_mode=WAL")
                # In WAL mode a commit survives the death of the process; only a power cut may lose the last ones.
                db.execute("PRAGMA synchronous=NORMAL")
                db.executescript(_SCHEMA)
            except sqlite3.Error:
                db.close()
                raise
        return db

    def _read(self, keys: list[bytes]) -> dict[bytes, bytes]:
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(f"SELECT key, value, used FROM answers WHERE key IN ({marks})", keys).fetchall()
        self._note_use([key for key, _, used in rows if used < self._clock() - NOTED_EVERY_SECONDS])
        return {key: value for key, value, _ in rows}

    def _note_use(self, keys: list[bytes]) -> None:
        if keys:
            now = self._clock()
            with self._db:
                self._db.executemany("UPDATE answers SET used = ? WHERE key = ?", [(now, key) for key in keys])

    def _make_room(self) -> None:
        if self._used() <= self._max_bytes:
            return
        while self._used() > self._max_bytes * (1 - ROOM_SHARE):
            with self._db:
                evicted = self._db.execute(
                    "DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY used, rowid LIMIT ?)",
                    (EVICTED_AT_ONCE,),
                )
            if not evicted.rowcount:
                return

    def _used(self) -> int:
        pages, free, size = (
            int(self._db.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size

    @contextmanager
    def _statements(self) -> Iterator[None]:
        with self._lock, self._translated("use"):
            yield

    @contextmanager
    def _translated(self, verb: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as err:
            raise StoreError(
                f"Cannot {verb} the answer cache {str(self._path)!r}: {err}. Make the directory writable and leave "
                "room on the disk, choose another with ISNAD_DATA_DIR, or set ISNAD_ANSWER_CACHE=false."
            ) from err
        except sqlite3.DatabaseError as err:
            raise StoreError(
                f"The answer cache {str(self._path)!r} is damaged ({err}). Delete the file: "
                "answers will be asked for again, nothing else is lost."
            ) from err
        except OSError as err:
            raise StoreError(
                f"Cannot {verb} the answer cache {str(self._path)!r}: {err.strerror}. "
                "Choose another directory with ISNAD_DATA_DIR."
            ) from err
