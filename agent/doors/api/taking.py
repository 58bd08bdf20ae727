"""What may be posted for verification, and how it becomes a job."""

from itertools import combinations
from typing import Annotated, Self

from pydantic import ConfigDict, FailFast, Field, JsonValue, StringConstraints, model_validator
from typing_extensions import TypeAliasType

from agent.article import About, make_article, plain_article, read_article
from agent.config import Settings
from agent.doors.api.editor_blocks import lay_out
from agent.doors.api.posted import Posted
from agent.doors.api.posted_gather import GatherRequest
from agent.jobs import JobRequest, Limits

Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
BlockId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_MOST_BLOCKS = 2000
_EXAMPLE: dict[str, JsonValue] = {
    "text": "The bridge was shut on Monday, the mayor said. Engineers had found cracks.",
    "title": "Bridge shut",
    "outlet": "The Ledger",
    "url": "https://ledger.example/bridge",
    "published_at": "2026-03-16T09:00:00Z",
    "language": "en",
}


def _one_of(*forms: str, alone: str | None = None) -> dict[str, JsonValue]:
    """For readers of the description, what is checked below: one of the forms, or none of them and `alone`.

    Told as what may not be: of alternatives, generators of clients make a type each, without the fields beside them.
    """
    nothing: JsonValue = {"type": "null"}
    something: JsonValue = {"not": nothing}
    ways: list[JsonValue] = [
        {"required": [*two], "properties": dict.fromkeys(two, something)} for two in combinations(forms, 2)
    ]
    none: JsonValue = {"properties": dict.fromkeys((*forms, *filter(None, [alone])), nothing)}
    return {"not": {"anyOf": [*ways, none]}}


class Block(Posted):
    """A block of an editor: plain text or HTML, not both."""

    model_config = ConfigDict(json_schema_extra=_one_of("text", "html"))

    id: BlockId = Field(examples=["p-1"])
    text: str | None = Field(None, examples=["The bridge was shut on Monday, the mayor said."])
    html: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("a block has either text or html")
        return self


Blocks = TypeAliasType("Blocks", Annotated[tuple[Block, ...], FailFast()])


class Options(Posted):
    """Bounds of one verification; the server's own still hold."""

    max_claims: int | None = Field(None, gt=0, le=100_000, description="Claims beyond this are counted, not checked.")
    max_tokens: int | None = Field(None, gt=0, le=1_000_000_000, description="Model tokens that may be spent.")


class VerificationRequest(Posted):
    """An article in one of four forms, and what is known about it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [_EXAMPLE], **_one_of("text", "html", "blocks", alone="url")}
    )

    text: str | None = Field(None, description="The article's own words.")
    html: str | None = Field(
        None, description="A whole page, in which the article is found; or a post's own HTML, all of which is."
    )
    # The first block that is wrong ends the reading: a body has room for a million of them.
    blocks: Blocks | None = Field(
        None,
        min_length=1,
        max_length=_MOST_BLOCKS,
        description="The blocks of an editor; where claims stand is then told by block too.",
    )
    url: Line | None = Field(
        None,
        description="Where the article stands. Alone, without text, html or blocks, it is fetched from there.",
        json_schema_extra={"pattern": r"^https?://[^/\s]+"},
    )
    title: Line | None = None
    outlet: Line | None = Field(None, description="Who publishes it; never a second source for itself.")
    author: Line | None = Field(None, description="Its by-line; an agency that it credits is no second source.")
    published_at: Line | None = Field(None, description="Decides what came before it. UTC without a zone.")
    language: Line | None = Field(
        None,
        description="BCP 47; found from the text when not given.",
        examples=["ar"],
        json_schema_extra={"pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"},
    )
    callback_url: Line | None = Field(
        None,
        description="Told by a signed webhook (Standard Webhooks) when it has succeeded or failed.",
        json_schema_extra={"pattern": r"^https?://[^/\s]+"},
    )
    options: Options = Options()
    gather: GatherRequest | None = Field(
        None,
        description="Coverage is looked for first, as far as sources are switched on: `{}` asks all of them. Needs"
        " the scope `coverage` too.",
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = [name for name in ("text", "html", "blocks") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"an article comes in one form, not as {' and '.join(given)}")
        if not given and self.url is None:
            raise ValueError("give the article as text, html or blocks, or the url to fetch it from")
        if len({block.id for block in self.blocks or ()}) < len(self.blocks or ()):
            raise ValueError("every block has an id of its own")
        return self

    @property
    def about(self) -> About:
        """Raises `ValidationError` for what is no date, address or language."""
        return About.model_validate(
            self.model_dump(include={"title", "url", "outlet", "author", "published_at", "language"})
        )


def taken(posted: VerificationRequest, settings: Settings) -> JobRequest:
    """The job that is asked for. Raises `BadInput`, `FetchRefused`, or `ValidationError` for what is told about it.

    Blocking: a page may take a second to read.
    """
    from agent.fetch.address import NetworkPolicy
    from agent.fetch.url import checked_url

    reach = NetworkPolicy(private=settings.allow_private_urls)
    about, most = posted.about, settings.max_article_chars
    for address in (posted.callback_url, posted.url if _is_fetched(posted) else None):
        if address is not None:
            # What a name resolves to is looked at when it is connected to.
            reach.check_literal(checked_url(address, private=reach.private).host)
    common: dict[str, object] = {
        "limits": Limits.model_validate(posted.options.model_dump()),
        "callback_url": posted.callback_url,
        "gather": posted.gather.options if posted.gather is not None else None,
    }
    if posted.text is not None:
        common["article"] = plain_article(posted.text, "text", about, most)
    elif posted.html is not None:
        common["article"] = read_article(posted.html.encode("utf-8", "replace"), "html", about, most, is_page=True)
    elif posted.blocks is not None:
        laid = lay_out([(b.id, b.text or b.html or "", b.html is not None) for b in posted.blocks])
        common |= {"article": make_article(laid.text, "blocks", about, most), "pieces": laid.pieces}
    else:
        common |= {"url": posted.url, "about": about}
    return JobRequest.model_validate(common)


def _is_fetched(posted: VerificationRequest) -> bool:
    return posted.text is None and posted.html is None and posted.blocks is None
