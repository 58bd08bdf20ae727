"""Links by which a report can be read without a key: signed, of one report, for some days, until they are revoked."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, insert, select, update

from agent.config import Settings
from agent.models import Frozen
from agent.storage import Database, given, open_database
from agent.storage.schema import SHARES
from agent.storage.secret import load_secret
from agent.storage.tables.service import shares

_c = shares.c
_FORGET = delete(shares).where(_c.until < given("before"))
_ADD = insert(shares)
_OF_RUN = select(shares).where(_c.run_id == given("of_run")).order_by(_c.made_at, _c.id)
_GET = select(shares).where(_c.id == given("of_id"))
_REVOKE = update(shares).where(_c.id == given("of_id"), _c.run_id == given("of_run"), _c.revoked_at.is_(None))

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
        """Whether the link leads to the report at a moment, in seconds since 1970."""
        return self.revoked_at is None and now < self.until


class Shares:
    """Opened with `open_shares`. Blocking; raises `StoreError`."""

    def __init__(self, secret: bytes, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._signer = URLSafeSerializer(secret, "isnad.share", signer_kwargs={"digest_method": sha256})
        self._database = database
        self._clock = clock

    def begin(self, run_id: str, days: int, made_by: str) -> ReportShare:
        """A new link to a report, which leads there for so many days, and which nobody can guess."""
        now = int(self._clock())
        share = ReportShare(
            id=secrets.token_hex(16), run_id=run_id, made_by=made_by, made_at=now, until=now + days * 24 * 3600
        )
        with self._database.writing() as connection:
            connection.execute(_FORGET, {"before": now - _FORGOTTEN_AFTER})
            connection.execute(_ADD, share.model_dump(exclude={"token"}))
        return self._signed(share)

    def open_of(self, run_id: str) -> list[ReportShare]:
        """The links to a report that lead to it now, the oldest in front."""
        now = self._clock()
        with self._database.reading() as connection:
            rows = connection.execute(_OF_RUN, {"of_run": run_id}).fetchall()
        return [self._signed(one) for one in map(_share, rows) if one.is_open(now)]

    def read(self, token: str) -> ReportShare | None:
        """The share of a link; None for one that is not ours, has been revoked, or is too old."""
        try:
            share_id = self._signer.loads(token)
        except BadSignature:
            return None
        with self._database.reading() as connection:
            row = connection.execute(_GET, {"of_id": str(share_id)}).fetchone()
        share = _share(row) if row else None
        return share if share is not None and share.is_open(self._clock()) else None

    def revoke(self, run_id: str, share_id: str) -> bool:
        """Whether there was one that led to this report. From now on it leads nowhere."""
        with self._database.writing() as connection:
            given = {"revoked_at": int(self._clock()), "of_id": share_id, "of_run": run_id}
            return bool(connection.execute(_REVOKE, given).rowcount)

    def _signed(self, share: ReportShare) -> ReportShare:
        return share.model_copy(update={"token": str(self._signer.dumps(share.id))})


def _share(row: tuple[object, ...]) -> ReportShare:
    return ReportShare.model_validate(dict(zip(_c.keys(), row, strict=True)))


@contextmanager
def open_shares(settings: Settings) -> Iterator[Shares]:
    """With the secret of the installation; raises `StoreError`."""
    with open_database(settings, SHARES) as database:
        yield Shares(load_secret(settings, "sessions"), database)
