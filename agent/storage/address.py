"""The address of a PostgreSQL database: what connects, and what may be shown of it."""

import re
from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import SecretStr

from agent.errors import ConfigurationError

_SECRET = ("password", "sslpassword")
# So long a machine that went away is waited for; the server's own patience is hours.
_PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
# The server's side: a machine that went away without a word is noticed within a minute.
KEEPALIVES = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}


class Address:
    """Shown without its password, whatever is wrong with it."""

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

    @property
    def conninfo(self) -> str:
        return make_conninfo("", **{**_PATIENCE, "application_name": "isnad", **self._parts})

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
