"""Who is signed in: a signed cookie that names a key, good for as long as the key is in use."""

from hashlib import sha256

from itsdangerous import BadSignature, URLSafeTimedSerializer

from agent.config import Settings
from agent.secret import load_secret

# A week of work; whoever comes back later shows the key again.
SECONDS = 7 * 24 * 3600


class Sessions:
    """Cookies of one secret. What is signed is no secret itself: the id of a key, never the key."""

    def __init__(self, secret: bytes) -> None:
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
    """With the secret of the installation; raises `StoreError`."""
    return Sessions(load_secret(settings, "sessions"))
