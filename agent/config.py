"""Settings: the only reader of the environment and of `.env`."""

import logging
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from agent.errors import ConfigurationError
from agent.former_settings import replacement_of
from agent.messages import languages

_PREFIX = "ISNAD_"
_SITE = re.compile(r"(?P<domain>(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})(?:=(?P<weight>\d{1,3}))?")
_MOST_SITES = 50
_PRICE = r"\d+(\.\d+)?"
_PRICES = re.compile(rf"{_PRICE}( +{_PRICE}){{1,2}}")
# Sources that need no key, and so are named to be asked; those with a key are asked because there is one.
KEYLESS_SOURCES = ("gdelt", "google-news", "ddgs")
_FEWEST_PASSAGES, _PASSAGES_PER_ORIGIN = 24, 4
# How many pages of the largest size may be fetched for one article.
_FULL_PAGES = 10
_log = logging.getLogger("isnad.settings")


class _Environment(EnvSettingsSource):
    """No setting is made of several variables: one that is not there need not be looked for in parts."""

    def prepare_field_value(self, field_name: str, field: FieldInfo, value: Any, value_is_complex: bool) -> Any:
        return None if value is None else super().prepare_field_value(field_name, field, value, value_is_complex)


class Settings(BaseSettings):
    """Every setting is `ISNAD_` + its name in capitals; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_by_name=True,
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("isnad"))
    language: str | None = None
    analyst: Literal["auto", "model", "lexical"] = "auto"

    model: str | None = None
    base_url: str | None = Field(None, validation_alias=AliasChoices("ISNAD_BASE_URL", "OPENAI_BASE_URL"))
    api_key: SecretStr | None = Field(None, validation_alias=AliasChoices("ISNAD_API_KEY", "OPENAI_API_KEY"))
    temperature: float | None = Field(None, ge=0, le=2)
    max_output_tokens: int | None = Field(None, gt=0)
    structured_output: Literal["auto", "schema", "json", "text"] = "auto"

    embedder: Literal["auto", "built-in", "words", "e5", "endpoint"] = "auto"
    embedding_model: str | None = None
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None
    embedding_prefixes: str | None = Field(None, pattern=r"^[^|]*\|[^|]*$", max_length=1000)

    max_concurrency: int = Field(256, gt=0)
    requests_per_minute: int | None = Field(None, gt=0)
    tokens_per_minute: int | None = Field(None, gt=0)
    idle_timeout: float = Field(15, gt=0)
    max_tries: int = Field(6, gt=0)

    prices: str | None = None
    max_tokens_per_article: int | None = Field(None, gt=0)

    claims_per_call: int = Field(8, gt=0)
    origins_per_claim: int = Field(5, gt=0)
    max_claims: int = Field(500, gt=0)
    max_article_chars: int = Field(200_000, gt=0)
    edit_timeout: float = Field(100, gt=0)

    window_days: int = Field(30, gt=0)
    min_similarity: float | None = Field(None, ge=0, le=1)

    allow_private_urls: bool = False
    fetch_contact: str | None = Field(None, pattern=r"^[!-~]+( [!-~]+)*$", max_length=200)
    fetch_timeout: float = Field(30, gt=0)
    fetch_max_mb: int = Field(10, gt=0)
    fetch_delay: float = Field(1, ge=0)

    fact_check_api_key: SecretStr | None = None
    gather_from: str | None = None
    searxng_url: SecretStr | None = None
    brave_api_key: SecretStr | None = None
    serper_api_key: SecretStr | None = None
    media_cloud_api_key: SecretStr | None = None
    media_cloud_collections: str | None = Field(None, pattern=r"^\d+( *, *\d+)*$")
    trusted_sites: str | None = None
    gather_pages: int = Field(40, gt=0, le=500)
    gather_queries: int = Field(6, gt=0, le=20)

    server: SecretStr = SecretStr("auto")
    jobs_at_once: int = Field(4, gt=0)
    max_queued_jobs: int = Field(500, gt=0)
    max_upload_mb: int = Field(50, gt=0)
    cors_origins: str | None = None
    shutdown_grace: int = Field(20, ge=0)
    otel_endpoint: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    otel_traces_endpoint: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    otel_service_name: str = Field("isnad", validation_alias="OTEL_SERVICE_NAME")
    watch_every: str | None = None
    refresh_every: str | None = None
    eval_schedule: str | None = None
    history_days: int = Field(30, gt=0)
    newsroom: str = Field("Isnad", min_length=1, max_length=200)
    public_url: str | None = Field(None, pattern=r"^https?://[^/\s@]+\S*( +https?://[^/\s@]+\S*)*$", max_length=1000)
    worker_silence: float = Field(30, ge=1)

    database_url: SecretStr | None = None
    chroma_url: str | None = None
    answer_cache_mb: int = Field(256, ge=0)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # To ask a file that is not there for each setting takes as long as all the rest.
        there = isinstance(dotenv_settings, EnvSettingsSource) and dotenv_settings.env_vars
        return init_settings, _Environment(settings_cls), *([dotenv_settings] if there else [])

    @field_validator("language")
    @classmethod
    def _is_spoken(cls, language: str | None) -> str | None:
        if language is not None and language not in languages():
            raise ValueError(f"Isnad speaks {', '.join(languages())}")
        return language

    @field_validator("searxng_url")
    @classmethod
    def _is_address(cls, address: SecretStr | None) -> SecretStr | None:
        result = urlsplit(address.get_secret_value()) if address is not None else None
        if result is not None and (result.scheme not in ("http", "https") or not result.hostname):
            raise ValueError("the address of a SearXNG, https://…")
        return address

    @field_validator("gather_from")
    @classmethod
    def _are_keyless(cls, listed: str | None) -> str | None:
        if unknown := set(_listed(listed)) - {*KEYLESS_SOURCES}:
            raise ValueError(f"{min(unknown)!r} is none of {', '.join(KEYLESS_SOURCES)}; others are on by their keys")
        return listed

    @field_validator("prices")
    @classmethod
    def _are_prices(cls, listed: str | None) -> str | None:
        if listed is not None and not _PRICES.fullmatch(listed):
            raise ValueError(
                "prices of a million tokens: of the prompt, of the answer, and of a cached prompt: 2.5 10 1.25"
            )
        return listed

    @field_validator("trusted_sites")
    @classmethod
    def _are_sites(cls, listed: str | None) -> str | None:
        if listed is not None:
            read_sites(listed)
        return listed

    @model_validator(mode="after")
    def _shared_stores_come_together(self) -> Self:
        if self.database_url is None:
            return self
        address = urlsplit(self.database_url.get_secret_value())
        if address.scheme not in ("postgresql", "postgres"):
            raise ValueError("ISNAD_DATABASE_URL is the address of a PostgreSQL database, postgresql://…")
        # After a crash of the server, what came over a unix socket is not recognised as a lost connection.
        hosts = [unquote(address.hostname or ""), *parse_qs(address.query).get("host", ())]
        if not hosts[-1] or any(host.startswith(("/", "@")) for value in hosts for host in value.split(",")):
            raise ValueError("ISNAD_DATABASE_URL names no host: PostgreSQL is reached over TCP")
        if self.chroma_url is None:
            raise ValueError("ISNAD_DATABASE_URL needs ISNAD_CHROMA_URL: what is shared is shared as a whole")
        return self

    @property
    def idle_transaction(self) -> float:
        """Seconds after which PostgreSQL ends a transaction that does nothing: that of a process that is frozen."""
        return max(5.0, self.worker_silence / 3)

    @property
    def passages_per_claim(self) -> int:
        """How many passages are looked up for a claim before they are grouped: enough for the origins to be heard."""
        return max(_FEWEST_PASSAGES, _PASSAGES_PER_ORIGIN * self.origins_per_claim)

    @property
    def gather_max_mb(self) -> int:
        """Megabytes of all pages that are fetched for one article."""
        return _FULL_PAGES * self.fetch_max_mb

    @property
    def max_body_mb(self) -> int:
        """Megabytes of one request that carries no files."""
        return max(1, self.max_upload_mb // 10)

    @property
    def max_jobs_per_key(self) -> int:
        """Verifications of one key that wait or run: no key fills the queue alone."""
        return max(1, self.max_queued_jobs // 5)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses under which others reach the service; the first is the one that they are told."""
        return tuple((self.public_url or "").split())

    @property
    def public_address(self) -> str | None:
        """The address that others are told; none where it is not set."""
        return next(iter(self.addresses), None)

    @property
    def keyless_sources(self) -> tuple[str, ...]:
        """The sources of `KEYLESS_SOURCES` that are asked for coverage."""
        return _listed(self.gather_from)

    @property
    def sites(self) -> dict[str, int]:
        """The sites that are trusted, with the weight of each."""
        return read_sites(self.trusted_sites or "")

    @property
    def uses_model(self) -> bool:
        """Whether claims are read by a model: asked for, or `auto` with a model named."""
        return self.analyst == "model" or (self.analyst == "auto" and self.model is not None)

    @property
    def uses_embedding_endpoint(self) -> bool:
        """Whether texts are embedded by an endpoint: asked for, or `auto` with a model named."""
        return self.embedder == "endpoint" or (self.embedder == "auto" and self.embedding_model is not None)


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s,]+", (names or "").casefold()))


def read_sites(listed: str) -> dict[str, int]:
    """Sites with their weights, `ledger.example=3, courier.example`: 1 where none is told. Raises `ValueError`."""
    sites: dict[str, int] = {}
    for one in re.split(r"[\s,]+", listed.strip().casefold()) if listed.strip() else ():
        result = _SITE.fullmatch(one.removeprefix("www."))
        if result is None:
            raise ValueError(f"{one!r} is no site: ledger.example=3, courier.example")
        sites[result["domain"]] = int(result["weight"] or 1)
    if len(sites) > _MOST_SITES:
        raise ValueError(f"{len(sites)} sites are more than the {_MOST_SITES} that can be asked for")
    return sites


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and `.env`, with overrides; raises `ConfigurationError` naming the setting.

    Names that begin as ours and are none of them are told in the log, once each.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    _warn_of_unknown()
    try:
        return Settings(**given)  # type: ignore[arg-type]  # validated by pydantic itself
    except ValidationError as err:
        problems = "; ".join(_setting(e["loc"]) + e["msg"].removeprefix("Value error, ") for e in err.errors())
        raise ConfigurationError(f"{problems}. Correct it in the environment or in .env.") from err


def _warn_of_unknown() -> None:
    names = {*os.environ, *dotenv_values(".env")}
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(name.upper() for name in names):
        if name.startswith(_PREFIX) and name not in known:
            _warn_once(name, replacement_of(name, known))


@cache
def _warn_once(name: str, text: str | None) -> None:
    if text is not None:
        _log.warning("%s is no setting of Isnad%s", name, text)


def _setting(location: tuple[int | str, ...]) -> str:
    """The setting with a colon; nothing for a rule about several, which names them itself."""
    if not location:
        return ""
    name = str(location[0])
    return f"{name}: " if name.isupper() else f"ISNAD_{name.upper()}: "
