"""Sites that are trusted: asked for apart, their weight shown to readers, and none of it in a label."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.app import open_gatherer
from agent.config import Settings, load_settings
from agent.errors import ConfigurationError
from agent.gather.options import GatherOptions
from agent.gather.queries import Subject
from agent.models import Article
from agent.verify.trusted import weight_of, with_trusted
from tests.gather.test_gather_cli import ARTICLE
from tests.support.command import isnad
from tests.support.searching import SearchService

QUAY = (
    "The harbour office said on Monday that the second quay would open again. "
    '"We are not leaving," the union chairman told reporters.'
)
ELSEWHERE = "The second quay of the harbour would open again, the harbour office said on Monday."
SITES = "ledger.example=3, WWW.Courier.example"


def test_sites_with_their_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_TRUSTED_SITES", SITES)
    assert load_settings().sites == {"ledger.example": 3, "courier.example": 1}


@pytest.mark.parametrize("told", ["ledger", "https://ledger.example", "ledger.example=much", "a.b OR site:c.d"])
def test_what_is_no_site_is_refused_by_name(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISNAD_TRUSTED_SITES", told)
    with pytest.raises(ConfigurationError, match="ISNAD_TRUSTED_SITES"):
        load_settings()


@pytest.mark.parametrize(
    ("url", "weight"),
    [
        ("https://ledger.example/a", 3),
        ("https://www.ledger.example/a", 3),
        ("https://news.ledger.example/a", 3),
        ("https://notledger.example/a", None),
        ("https://ledger.example.evil.example/a", None),
        (None, None),
    ],
)
def test_whose_site_an_address_is(url: str | None, weight: int | None) -> None:
    assert weight_of(url, {"ledger.example": 3}) == weight


def test_the_weight_stands_beside_the_words_and_changes_no_label(tmp_path: Path) -> None:
    article, coverage = tmp_path / "article.txt", tmp_path / "coverage.jsonl"
    article.write_text(QUAY, "utf-8")
    coverage.write_text(f'{{"text": "{ELSEWHERE}", "url": "https://ledger.example/a", "published_at": "2026-03-16"}}')
    told = ("verify", str(article), "--published", "2026-03-16", "--coverage", str(coverage))
    plain = isnad(*told, "--format", "json").report
    trusted = isnad(*told, "--format", "json", trusted_sites=SITES)
    weights = {
        item.trusted for claim in trusted.report.claims for item in claim.evidence if item.source == "coverage"
    }
    assert weights == {3}
    assert [claim.label for claim in trusted.report.claims] == [claim.label for claim in plain.claims]
    assert with_trusted(trusted.report, {}).claims == tuple(
        claim.model_copy(update={"evidence": before.evidence})
        for claim, before in zip(trusted.report.claims, plain.claims, strict=True)
    )
    for form in ("text", "markdown", "html"):
        shown = isnad(*told, "--format", form, trusted_sites=SITES).out
        assert "trusted site" in " ".join(shown.split())


async def test_a_source_is_asked_for_them_apart(near: Settings, service: SearchService) -> None:
    told = {"searxng_url": SecretStr(service.url), "trusted_sites": SITES, "gather_queries": 1}
    service.answers("/search", {"results": []})

    async def no_pause(_: float) -> None: ...

    async with open_gatherer(near.model_copy(update=told), sleep=no_pause) as gatherer:
        subject = Subject(article=Article(text=ARTICLE, language="en"))
        await gatherer.gather(subject, GatherOptions(), lambda _: None)
    asked = [one.query["q"] for one in service.asked]
    assert [("site:ledger.example OR site:courier.example" in one) for one in asked] == [False, True]
