"""The six tools: parse, ask the workspace, answer in a form for programs and one for readers."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, StringConstraints, ValidationError

from agent.article import About, article_in, besides, make_article, plain_article, problems_of
from agent.doors.mcp.entered import workspace
from agent.doors.mcp.outcomes import (
    AddedCoverage,
    CheckedStatement,
    Explained,
    GatheredCoverage,
    PassageList,
    Verified,
)
from agent.doors.mcp.progress import Steps
from agent.doors.mcp.text import ToolText
from agent.errors import BadInput
from agent.events import Gathering, RunFinished
from agent.gather.options import GatherOptions
from agent.models import Article, Finding, Frozen, Report
from agent.service.workspace import Workspace
from agent.storage.keys import Scope
from agent.streaming import stream_of

Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Asked = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
RunId = Annotated[
    str, StringConstraints(min_length=1, max_length=100), Field(description="The `run_id` of a report.")
]
ClaimNumber = Annotated[
    str,
    StringConstraints(pattern=r"^c?[0-9]{1,4}$"),
    Field(description="The claim's number or id, e.g. 3 or c3.", examples=["3"]),
]
Published = Annotated[
    Line | None, Field(description="Decides what came before it, e.g. 2016-03-15T18:30+03:00. UTC without a zone.")
]
Language = Annotated[Line | None, Field(description="BCP 47, e.g. ar; found from the text when not given.")]

# A new report is kept with every call, pages are fetched, and nothing that was there is changed.
VERIFIES = ToolAnnotations(
    title="Verify an article",
    read_only_hint=False,
    destructive_hint=False,
    idempotent_hint=False,
    open_world_hint=True,
)
# As above, against the coverage alone.
CHECKS = ToolAnnotations(
    title="Check one statement",
    read_only_hint=False,
    destructive_hint=False,
    idempotent_hint=False,
    open_world_hint=False,
)
EXPLAINS = ToolAnnotations(title="Explain a claim's label", read_only_hint=True, open_world_hint=False)
SEARCHES = ToolAnnotations(title="Search the coverage", read_only_hint=True, open_world_hint=False)
# Earlier versions of the page stay, and the same page again changes nothing.
ADDS = ToolAnnotations(
    title="Add a page to the coverage",
    read_only_hint=False,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=True,
)


# What is found is added, and a version of the report is kept; nothing that was there is changed.
GATHERS = ToolAnnotations(
    title="Look for more coverage",
    read_only_hint=False,
    destructive_hint=False,
    idempotent_hint=False,
    open_world_hint=True,
)


class McpTools:
    """Each method is a tool; its docstring is what a client's model reads of it."""

    def __init__(self, text: ToolText) -> None:
        self._text = text

    async def verify_article(
        self,
        ctx: Context[Any],
        text: Annotated[
            str | None, Field(description="The article's own words, whole. Either this or the url.")
        ] = None,
        url: Annotated[
            Line | None, Field(description="Where it stands. Without a text, the page is fetched from there.")
        ] = None,
        title: Line | None = None,
        outlet: Annotated[
            Line | None, Field(description="Who publishes it; never a second source for itself.")
        ] = None,
        author: Annotated[Line | None, Field(description="Its by-line; an agency named there counts as one.")] = None,
        published_at: Published = None,
        language: Language = None,
        gather: Annotated[
            bool,
            Field(
                description="Look for coverage first: a few words of the article are sent to search sources. Ask a"
                " person first."
            ),
        ] = False,
    ) -> Annotated[CallToolResult, Verified]:
        """Splits a news article into claims and labels each by what independent coverage says of it.

        corroborated: another origin supports it and nothing contradicts it; contested: coverage, or another
        statement of the article, contradicts it; unsourced: neither. Labels speak of coverage, never of truth.
        Takes from seconds to minutes and tells its progress.
        """
        mine = workspace(Scope.VERIFY)
        about = _about(
            title=title, url=url, outlet=outlet, author=author, published_at=published_at, language=language
        )
        article = await _given(mine, text, about)
        options = GatherOptions() if gather else None
        verified = Verified.of(await _verified(mine, article, ctx, options))
        return _answer(verified, self._text.verified(verified))

    async def check_claim(
        self,
        ctx: Context[Any],
        statement: Annotated[
            Asked, Field(description="One statement that can be so or not, with its names in full.")
        ],
        published_at: Published = None,
        language: Language = None,
    ) -> Annotated[CallToolResult, CheckedStatement]:
        """Checks one statement against the coverage: who else says so, who says otherwise, with their words."""
        mine = workspace(Scope.VERIFY)
        about = _about(published_at=published_at, language=language)
        article = make_article(statement, "statement", about, mine.max_article_chars)
        checked_statement = CheckedStatement.of(await _verified(mine, article, ctx))
        return _answer(checked_statement, self._text.checked(checked_statement))

    async def explain_claim(self, run_id: RunId, claim: ClaimNumber) -> Annotated[CallToolResult, Explained]:
        """Shows what the label of one claim rests on: the words on both sides, who is counted as whom, and why."""
        mine = workspace(Scope.READ, Scope.VERIFY)
        report = await mine.report(run_id)
        explained = Explained.of(report, _meant(report, claim))
        return _answer(explained, self._text.explained(explained))

    async def search_coverage(
        self,
        query: Annotated[Asked, Field(description="A claim, a sentence, a few words, in the coverage's language.")],
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Annotated[CallToolResult, PassageList]:
        """Searches the coverage that claims are checked against. It is no search of the web."""
        found = await workspace(Scope.COVERAGE).search(query, limit)
        passage_list = PassageList(passages=found.passages)
        return _answer(passage_list, self._text.found(passage_list.passages))

    async def gather_coverage(
        self,
        ctx: Context[Any],
        run_id: RunId,
        claims: Annotated[
            list[ClaimNumber], Field(max_length=50, description="Of these claims; of all where none is named.")
        ] = [],  # noqa: B006  # a form of JSON, which nothing changes
        limit: Annotated[int | None, Field(ge=1, le=500, description="Pages that are fetched at most.")] = None,
    ) -> Annotated[CallToolResult, GatheredCoverage]:
        """Looks for more coverage of claims of a report in search sources, adds it and judges the claims anew.

        The sources are sent a few words of the claims. Ask a person first.
        """
        mine = workspace(Scope.COVERAGE)
        report = await mine.report(run_id)
        ids = tuple(_meant(report, claim).id for claim in claims)
        gathered = await _gathered(mine, report, ids, GatherOptions(limit=limit), ctx)
        if gathered.added:
            report = await mine.recheck(report.run_id, ids or tuple(claim.id for claim in report.claims))
        gathered_coverage = GatheredCoverage.of(gathered, report)
        return _answer(gathered_coverage, self._text.gathered(gathered_coverage))

    async def add_coverage(
        self, url: Annotated[Line, Field(description="A page with an article, http or https.")]
    ) -> Annotated[CallToolResult, AddedCoverage]:
        """Fetches a page and adds it to the coverage, for all who check claims against it. Ask a person first."""
        added_coverage = AddedCoverage.of(await workspace(Scope.COVERAGE).add_page(url))
        return _answer(added_coverage, self._text.added(added_coverage))


def _about(**text: str | None) -> About:
    try:
        return About.model_validate(text)
    except ValidationError as err:
        raise BadInput(sentence_of(err)) from err


def sentence_of(err: ValidationError) -> str:
    """What is wrong with which argument."""
    return "; ".join(f"{field}: {problem}" for field, problem in problems_of(err).items())


async def _given(mine: Workspace, text: str | None, about: About) -> Article:
    if text is None:
        if about.url is None:
            raise BadInput("give the article as text, or the url to fetch it from")
        return besides(await mine.read(about.url), about)
    return await asyncio.to_thread(_made, text, about, mine.max_article_chars)


def _made(text: str, about: About, most: int) -> Article:
    return plain_article(article_in(text, "text"), "text", about, most)


async def _gathered(
    mine: Workspace, report: Report, claim_ids: tuple[str, ...], options: GatherOptions, ctx: Context[Any]
) -> Gathering:
    steps, last = Steps(), Gathering()
    gathering: AsyncGenerator[Gathering, None] = stream_of(
        lambda tell: mine.gather(report.run_id, claim_ids, options, tell)
    )
    async with aclosing(gathering) as events:
        async for last in events:
            steps.take(last)
            await ctx.report_progress(steps.done, steps.total, steps.line)
    return last


async def _verified(
    mine: Workspace, article: Article, ctx: Context[Any], gather: GatherOptions | None = None
) -> Report:
    steps = Steps()
    async with aclosing(mine.verify(article, gather=gather)) as events:
        async for event in events:
            if isinstance(event, RunFinished):
                return event.report
            steps.take(event)
            await ctx.report_progress(steps.done, steps.total, steps.line)
    raise AssertionError("a run ended without a report or an error")


def _meant(report: Report, claim: str) -> Finding:
    """The claim of this id or number; where it was edited since, the first of those that it is now."""
    name = claim if claim.startswith("c") else f"c{claim}"
    for claim_id in report.became(name):
        return next(finding for finding in report.claims if finding.id == claim_id)
    raise BadInput(f"the report has {len(report.claims)} claims and none is called {claim!r}")


def _answer(frozen: Frozen, words: str) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=words)],
        structured_content=frozen.model_dump(mode="json", by_alias=True),
    )


def refusal(text: str) -> CallToolResult:
    """An answer that says why there is none."""
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
