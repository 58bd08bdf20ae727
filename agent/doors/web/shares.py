"""Links by which a report can be read without a key: signed, of one report, for some days, until they are revoked."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

from agent.config import Settings
from agent.models import Frozen
from agent.storage import Database, open_database
from agent.storage.schema import SHARES
from agent.storage.secret import load_secret

_COLUMNS = "id, run_id, made_by, made_at, until, revoked_at"
LONGEST_DAYS = 90
_FORGOTTEN_AFTER = 30 * 24 * 3600


class ReportShare(Frozen):
    """`token` is what the link ends with. Times in seconds since 1970."""

    id: str
    run_id: str
    made_by: str
    made_at: int
    until: int
    revoked_at: int | None = None
    token: str = ""

    @property
    def begins(self) -> datetime:
        return datetime.fromtimestamp(self.made_at, UTC)

    @property
    def ends(self) -> datetime:
        return datetime.fromtimestamp(self.until, UTC)

    def is_open(self, now: float) -> bool:
        return self.revoked_at is None and now < self.until


class Shares:
    """Opened with `open_shares`. Blocking; raises `StoreError`."""

    def __init__(self, secret: bytes, database: Database) -> None:
        self._signer = URLSafeSerializer(secret, "isnad.share", signer_kwargs={"digest_method": sha256})
        self._database = database

    def begin(self, run_id: str, days: int, made_by: str) -> ReportShare:
        now = int(time.time())
        share = ReportShare(
            id=secrets.token_hex(16), run_id=run_id, made_by=made_by, made_at=now, until=now + days * 24 * 3600
        )
        with self._database.writing() as connection:
            connection.execute("DELETE FROM shares WHERE until < ?", (now - _FORGOTTEN_AFTER,))
            connection.execute(
                f"INSERT INTO shares ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
                (share.id, share.run_id, share.made_by, share.made_at, share.until, None),
            )
        return self._signed(share)

    def open_of(self, run_id: str) -> list[ReportShare]:
        """The links to a report that lead to it now, the oldest in front."""
        now = time.time()
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM shares WHERE run_id = ? ORDER BY made_at, id", (run_id,)
            ).fetchall()
        return [self._signed(one) for one in map(_share, rows) if one.is_open(now)]

    def read(self, token: str) -> ReportShare | None:
        """The share of a link; None for one that is not ours, has been revoked, or is too old."""
        try:
            share_id = self._signer.loads(token)
        except BadSignature:
            return None
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM shares WHERE id = ?", (str(share_id),)).fetchone()
        share = _share(row) if row else None
        return share if share is not None and share.is_open(time.time()) else None

    def revoke(self, run_id: str, share_id: str) -> bool:
        """Whether there was one that led to this report. From now on it leads nowhere."""
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE shares SET revoked_at = ? WHERE id = ? AND run_id = ? AND revoked_at IS NULL",
                (int(time.time()), share_id, run_id),
            )
            return bool(done.rowcount)

    def _signed(self, share: ReportShare) -> ReportShare:
        return share.model_copy(update={"token": str(self._signer.dumps(share.id))})


def _share(row: tuple[object, ...]) -> ReportShare:
    return ReportShare.model_validate(dict(zip(_COLUMNS.split(", "), row, strict=True)))


@contextmanager
def open_shares(settings: Settings) -> Iterator[Shares]:
    """With the secret of the installation; raises `StoreError`."""
    with open_database(settings, SHARES) as database:
        yield Shares(load_secret(settings, "sessions"), database)
