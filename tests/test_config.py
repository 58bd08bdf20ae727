import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from agent.config import Settings, load_settings
from agent.errors import ConfigurationError
from agent.former_settings import FORMER, replacement_of
from agent.storage.answers import open_answers

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def _told() -> dict[str, str]:
    lines = re.findall(r"^# ((?:ISNAD|OTEL)_[A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines)


def test_the_example_file_tells_every_setting_and_no_other() -> None:
    fields = Settings.model_fields.items()
    named = {alias for _, field in fields if isinstance(alias := field.validation_alias, str)}
    ours = {f"ISNAD_{name.upper()}" for name, field in fields if not isinstance(field.validation_alias, str)}
    assert set(_told()) == named | ours


def test_the_example_file_tells_the_real_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ISNAD_DATA_DIR")
    before = load_settings()
    for name, value in _told().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == before


def test_what_the_file_says_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load_settings().max_tries != 3
    (tmp_path / ".env").write_text("ISNAD_MAX_TRIES=3\nISNAD_MAX_CLAIMS=7\n", encoding="utf-8")
    monkeypatch.setenv("ISNAD_MAX_CLAIMS", "8")
    settings = load_settings()
    assert (settings.max_tries, settings.max_claims) == (3, 8)
    assert load_settings(max_tries=4).max_tries == 4


def test_a_wrong_value_is_refused_by_the_name_of_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_MAX_TRIES", "many")
    with pytest.raises(ConfigurationError, match="ISNAD_MAX_TRIES"):
        load_settings()


@pytest.mark.parametrize("listed", ["0.4", "0.4 1.6 0.1 2", "0.4 cheap", "0,4 1,6", "-1 2"])
def test_what_is_no_list_of_two_or_three_prices_is_refused(listed: str) -> None:
    with pytest.raises(ConfigurationError, match="ISNAD_PRICES"):
        load_settings(prices=listed)


def test_a_source_that_needs_a_key_is_not_named_among_those_without() -> None:
    assert load_settings(gather_from="GDELT, google-news ddgs").keyless_sources == ("gdelt", "google-news", "ddgs")
    assert load_settings().keyless_sources == ()
    with pytest.raises(ConfigurationError, match=r"ISNAD_GATHER_FROM.*'brave'"):
        load_settings(gather_from="gdelt brave")


def test_prefixes_of_an_embedding_model_are_a_pair() -> None:
    with pytest.raises(ConfigurationError, match="ISNAD_EMBEDDING_PREFIXES"):
        load_settings(embedding_prefixes="query: ")


def test_bounds_that_follow_from_another_grow_with_it() -> None:
    usual = load_settings()
    assert (usual.max_body_mb, usual.max_jobs_per_key, usual.passages_per_claim, usual.gather_max_mb) == (
        5,
        100,
        24,
        100,
    )
    other = load_settings(max_upload_mb=5, max_queued_jobs=4, origins_per_claim=7, fetch_max_mb=2)
    assert (other.max_body_mb, other.max_jobs_per_key, other.passages_per_claim, other.gather_max_mb) == (
        1,
        1,
        28,
        20,
    )


def test_the_first_address_of_the_service_is_the_one_that_is_told() -> None:
    several = load_settings(public_url="https://isnad.example https://desk.example:8443")
    assert several.addresses == ("https://isnad.example", "https://desk.example:8443")
    assert several.public_address == "https://isnad.example"
    assert load_settings().public_address is None
    with pytest.raises(ConfigurationError, match="ISNAD_PUBLIC_URL"):
        load_settings(public_url="https://isnad.example desk.example")


def test_the_openai_names_are_read_and_ours_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    monkeypatch.setenv("ISNAD_API_KEY", "ours")
    settings = load_settings()
    assert settings.base_url == "http://127.0.0.1:1/v1"
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == "ours"


def test_a_key_never_shows() -> None:
    settings = load_settings(api_key="sk-secret")
    assert settings.api_key is not None
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump()}"


@pytest.mark.parametrize(
    ("analyst", "model", "uses"),
    [("auto", None, False), ("auto", "m", True), ("lexical", "m", False), ("model", None, True)],
)
def test_auto_reads_with_the_model_only_where_one_is_named(analyst: str, model: str | None, uses: bool) -> None:
    assert load_settings(analyst=analyst, model=model).uses_model is uses


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///isnad",
        "postgresql://isnad@/isnad",
        "postgresql://isnad@%2Fvar%2Frun%2Fpostgresql/isnad",
        "postgresql://isnad@db/isnad?host=/var/run/postgresql",
        "postgresql:///isnad?host=db,%2Fvar%2Frun",
        "postgresql:///isnad?host=@abstract",
    ],
)
def test_postgresql_is_reached_over_tcp_alone(url: str) -> None:
    """Over a unix socket a crash of the server wedged the queue for good."""
    with pytest.raises(ValidationError, match="over TCP"):
        Settings(database_url=SecretStr(url), chroma_url="http://chroma:8000")


@pytest.mark.parametrize(
    "url", ["postgresql://isnad@db/isnad", "postgresql://u:p@10.0.0.7:6432/isnad?sslmode=require"]
)
def test_a_database_on_a_host_is_taken(url: str) -> None:
    assert Settings(database_url=SecretStr(url), chroma_url="http://chroma:8000").database_url is not None


def test_a_name_that_is_no_setting_is_told_once_with_the_nearest_that_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("ISNAD_MAX_TRYS=3\nOTHER_MAX_TRIES=3\n", encoding="utf-8")
    monkeypatch.setenv("ISNAD_ORIGINS_PER_CLAIMS", "3")
    monkeypatch.setenv("ISNAD_NOTHING_OF_THE_KIND", "3")
    monkeypatch.setenv("ISNAD_EVAL_RUNS", "runs")
    for _ in range(2):
        load_settings()
    told = [record.getMessage() for record in caplog.records if "is no setting" in record.getMessage()]
    assert [re.findall("ISNAD_[A-Z_]+", message) for message in told] == [
        ["ISNAD_MAX_TRYS", "ISNAD_MAX_TRIES"],
        ["ISNAD_NOTHING_OF_THE_KIND"],
        ["ISNAD_ORIGINS_PER_CLAIMS", "ISNAD_ORIGINS_PER_CLAIM"],
    ]


def test_a_setting_that_was_taken_out_is_told_with_what_replaces_it() -> None:
    known = {f"ISNAD_{name.upper()}" for name in Settings.model_fields}
    assert "ISNAD_ANSWER_CACHE_MB=0" in (replacement_of("ISNAD_ANSWER_CACHE", known) or "")
    assert "ISNAD_MAX_TRIES" in (replacement_of("ISNAD_MAX_RETRY_SECONDS", known) or "")
    assert not FORMER.keys() & known
    named = {name for told in FORMER.values() for name in re.findall("ISNAD_[A-Z_]+", told)}
    assert named <= known


def test_no_answers_are_kept_in_a_cache_of_no_size(tmp_path: Path) -> None:
    with open_answers(Settings(data_dir=tmp_path, answer_cache_mb=0)) as answers:
        assert answers is None
    assert list(tmp_path.iterdir()) == []
