"""Who is signed in: a signed cookie that names a key, good while that is in use as it was and nobody signed out."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select

from agent.config import Settings
from agent.models import Frozen
from agent.storage import Database, given, insert_new, open_database
from agent.storage.keys import Key
from agent.storage.schema import SESSIONS
from agent.storage.secret import load_secret
from agent.storage.tables.service import ended

# A week of work; whoever comes back later shows the key again.
SECONDS = 7 * 24 * 3600

_HAS_ENDED = select(ended.c.session).where(ended.c.session == given("of_session"))
_FORGET = delete(ended).where(ended.c.at < given("before"))
_END = insert_new(ended)


class SignedIn(Frozen):
    """What a cookie says: nothing of it is secret. The id of a key, never the key; how often it had been renewed."""

    id: str
    key: str
    renewals: int = 0


class Sessions:
    """Opened with `open_sessions`. Blocking; raises `StoreError`."""

    def __init__(self, secret: bytes, database: Database) -> None:
        self._signer = URLSafeTimedSerializer(secret, "isnad.session", signer_kwargs={"digest_method": sha256})
        self._database = database

    def begin(self, key: Key) -> str:
        """A cookie."""
        return self._signer.dumps([secrets.token_hex(8), key.id, key.renewals])

    def read(self, cookie: str) -> SignedIn | None:
        """Who it is of, by a key that may have been revoked or renewed since; None for a cookie that is too old, not
        ours, or of a session that has ended."""
        session = self._session(cookie)
        if session is None:
            return None
        with self._database.reading() as connection:
            has_ended = connection.execute(_HAS_ENDED, {"of_session": session.id}).fetchone()
        return None if has_ended else session

    def end(self, cookie: str) -> None:
        """Its session is over, wherever the cookie is shown. Nothing happens when there was none."""
        session, now = self._session(cookie), int(time.time())
        if session is None:
            return
        with self._database.writing() as connection:
            # By then their cookies are too old.
            connection.execute(_FORGET, {"before": now - SECONDS})
            connection.execute(_END, {"session": session.id, "at": now})

    def _session(self, cookie: str) -> SignedIn | None:
        try:
            parsed = self._signer.loads(cookie, max_age=SECONDS)
        except BadSignature:
            return None
        match parsed:
            case [str(session_id), str(key_id), int(renewals)]:
                return SignedIn(id=session_id, key=key_id, renewals=renewals)
            case [str(session_id), str(key_id)]:
                # From before keys could be renewed.
                return SignedIn(id=session_id, key=key_id)
            case _:
                return None


@contextmanager
def open_sessions(settings: Settings) -> Iterator[Sessions]:
    """With the secret of the installation; raises `StoreError`."""
    with open_database(settings, SESSIONS) as database:
        yield Sessions(load_secret(settings, "sessions"), database)
