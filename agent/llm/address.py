"""The address of an endpoint, and which settings to correct where it refuses a call."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr

from agent.config import Settings
from agent.errors import ConfigurationError

OPENAI_URL = "https://api.openai.com/v1"
# Local servers ask for no key, the client insists on one.
_NO_KEY = "not-needed"
_SHOWN_LENGTH = 300
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_KEY_LIKE = re.compile(r"\b(?:sk|gsk|key)-[\w*.-]{4,}")


@dataclass(frozen=True)
class EndpointAddress:
    """One endpoint and its model. The key is never shown: neither in a repr nor in an error that repeats it."""

    url: str
    model: str
    key: str = field(repr=False)
    url_setting: str
    key_setting: str
    model_setting: str

    @classmethod
    def of_chat(cls, settings: Settings) -> Self:
        return cls(
            url=_checked_url(settings.base_url, "ISNAD_BASE_URL"),
            model=_named(settings.model, "ISNAD_MODEL"),
            key=_checked_key(settings.api_key, settings.base_url, "ISNAD_API_KEY (or OPENAI_API_KEY)"),
            url_setting="ISNAD_BASE_URL (or OPENAI_BASE_URL)",
            key_setting="ISNAD_API_KEY (or OPENAI_API_KEY)",
            model_setting="ISNAD_MODEL",
        )

    @classmethod
    def of_embeddings(cls, settings: Settings) -> Self:
        """The address of the embeddings. The key of the chat endpoint goes to another host only where it is given
        again for it."""
        elsewhere = settings.embedding_base_url not in (None, settings.base_url)
        url = settings.embedding_base_url or settings.base_url
        key = settings.embedding_api_key or (None if elsewhere else settings.api_key)
        return cls(
            url=_checked_url(url, "ISNAD_EMBEDDING_BASE_URL"),
            model=_named(settings.embedding_model, "ISNAD_EMBEDDING_MODEL"),
            key=_checked_key(key, url, "ISNAD_EMBEDDING_API_KEY"),
            url_setting="ISNAD_EMBEDDING_BASE_URL (or ISNAD_BASE_URL)",
            key_setting="ISNAD_EMBEDDING_API_KEY" if elsewhere else "ISNAD_EMBEDDING_API_KEY (or ISNAD_API_KEY)",
            model_setting="ISNAD_EMBEDDING_MODEL",
        )

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def shown(self, text: str) -> str:
        """Words of the endpoint as they may be shown: on one line, short, without keys and control characters."""
        for secret in filter(None, (self.key, urlsplit(self.url).password)):
            text = text.replace(secret, "***")
        bare = _KEY_LIKE.sub("***", text)
        line = " ".join(_UNPRINTABLE.sub(" ", bare).split())
        return line if len(line) <= _SHOWN_LENGTH else line[: _SHOWN_LENGTH - 1] + "…"


def _checked_url(url: str | None, setting: str) -> str:
    url = (url or OPENAI_URL).rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ConfigurationError(f"{setting} is {url!r}; it has to be an address such as {OPENAI_URL}.")
    return url


def _named(model: str | None, setting: str) -> str:
    if not model:
        raise ConfigurationError(f"{setting} is not set: name the model to ask.")
    return model


def _checked_key(key: SecretStr | None, url: str | None, setting: str) -> str:
    value = key.get_secret_value().strip() if key else ""
    if not value and (url or OPENAI_URL).rstrip("/") == OPENAI_URL:
        raise ConfigurationError(f"{setting} is not set, and {OPENAI_URL} answers nobody without a key.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigurationError(f"{setting} holds characters that no key has: copy it again.")
    return value or _NO_KEY
