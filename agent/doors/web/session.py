"""Who is signed in: a signed cookie that names a key, good for as long as the key is in use."""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from agent.config import Settings
from agent.errors import StoreError

# A week of work; whoever comes back later shows the key again.
SECONDS = 7 * 24 * 3600
_FILE = "session.secret"
_LEAST = 16


class Sessions:
    """Cookies of one secret. What is signed is no secret itself: the id of a key, never the key."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, "isnad.session", signer_kwargs={"digest_method": sha256})

    def begin(self, key_id: str) -> str:
        return self._signer.dumps(key_id)

    def read(self, cookie: str) -> str | None:
        """The id of the key, which may have been revoked since; None for a cookie that is too old or not ours."""
        try:
            told = self._signer.loads(cookie, max_age=SECONDS)
        except BadSignature:
            return None
        return told if isinstance(told, str) else None


def load_sessions(settings: Settings) -> Sessions:
    """With the secret of the settings, or one that is kept in the data folder. Raises `StoreError`."""
    if settings.session_secret is not None:
        return Sessions(settings.session_secret.get_secret_value())
    path = settings.data_dir / _FILE
    try:
        with suppress(FileExistsError):
            _write_new(path)
        kept = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise StoreError(f"cannot keep the secret of sign-ins in {str(path)!r}: {err}") from err
    if len(kept) < _LEAST:
        raise StoreError(f"{str(path)!r} holds no secret: delete it, and people sign in anew")
    return Sessions(kept)


def _write_new(path: Path) -> None:
    """Complete or not at all: another process that starts at the same time reads the one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
