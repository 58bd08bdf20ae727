"""The address of a PostgreSQL database: what connects, and what may be shown of it."""

import re
from typing import Any
from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr

from agent.errors import ConfigurationError

_SECRET = ("password", "sslpassword")
# A server that went away without a word is noticed within half a minute; its own patience is hours.
_PATIENCE = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4}
# The server's side: a machine that went away without a word is noticed within a minute.
_KEEPALIVES = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}


class DatabaseAddress:
    """Shown without its password, whatever is wrong with it. Raises `ConfigurationError` when it cannot be read."""

    def __init__(self, url: SecretStr) -> None:
        given = url.get_secret_value()
        try:
            parts = conninfo_to_dict(given)
        except ProgrammingError:
            # What the parser says repeats what it could not read, which may be the password.
            raise ConfigurationError(
                "ISNAD_DATABASE_URL cannot be read: write postgresql://user:password@host:port/database, with "
                "percent signs for what is special in the password."
            ) from None
        self._parts = parts
        self._secrets = [str(parts[name]) for name in _SECRET if parts.get(name)]

    def parameters(self, **session: int) -> dict[str, Any]:
        """What psycopg connects with; `session` are settings of the server for these connections."""
        ours = " ".join(f"-c {name}={value}" for name, value in {**_KEEPALIVES, **session}.items())
        options = f"{ours} {self._parts.get('options') or ''}".strip()
        return {**_PATIENCE, "application_name": "isnad", **self._parts, "options": options}

    def __str__(self) -> str:
        host, user = self._parts.get("host"), self._parts.get("user")
        port, database = self._parts.get("port") or 5432, self._parts.get("dbname") or user
        return f"{f'{user}@' if user else ''}{host}:{port}/{database}"

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    def without_secrets(self, message: str) -> str:
        for secret in self._secrets:
            message = re.sub(f"{re.escape(secret)}|{re.escape(quote(secret, safe=''))}", "***", message)
        return message
