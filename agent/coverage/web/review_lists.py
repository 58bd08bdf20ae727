"""Published fact-checks from the web: lists of them at an address, and what Google's Fact Check Tools API answers.

The API's key goes to it in a header and nowhere else: what is told of an address, and what is stored, has no key.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from agent.config import Settings
from agent.coverage.intake.metadata import Caution, Item
from agent.coverage.intake.review_feed import is_review_list, review_items
from agent.coverage.web.visiting import PageVisit
from agent.errors import BadInput, FetchFailed, InputFault
from agent.fetch.fetched import Fetched
from agent.fetch.protocol import Fetcher
from agent.models import Document
from agent.text.decode import decode

HOST = "https://factchecktools.googleapis.com"
_PATH = "/v1alpha1/claims:search"
_KEY_HEADER = "X-Goog-Api-Key"
_PAGE_SIZE, _MOST_PAGES = 50, 20
_LONGEST_TOKEN = 2000
_REFUSED = (400, 401, 403)
_NO_KEY = "asking the Fact Check Tools API needs a key of it in ISNAD_FACT_CHECK_API_KEY"


def search_address(query: str, language: str | None = None, host: str = HOST) -> str:
    """The address at which the API is asked for what was checked of a claim, without a key."""
    asked = {"query": query} | ({"languageCode": language} if language else {})
    return f"{host}{_PATH}?{urlencode(asked)}"


@dataclass(frozen=True)
class ReviewService:
    """The API. The key of the settings is told to nobody else."""

    fetcher: Fetcher
    settings: Settings
    host: str = HOST

    def is_at(self, url: str) -> bool:
        return _without_query(url) == _without_query(f"{self.host}{_PATH}")

    def without_key(self, url: str) -> str:
        """An address of the API without a key that somebody wrote into it: what is asked is told to others."""
        if not self.is_at(url):
            return url
        asked = [(name, value) for name, value in parse_qsl(urlsplit(url).query) if name != "key"]
        return f"{_without_query(url)}?{urlencode(asked)}"

    async def ask(self, url: str, limit: int) -> PageVisit:
        """A record for each review of the answer and of its next pages, up to the limit. Raises a `FetchError`,
        and `BadInput` without a key and for what is no answer of the API."""
        key = self.settings.fact_check_api_key
        if key is None:
            raise BadInput(_NO_KEY)
        parts = urlsplit(url)
        asked = {name: value for name, value in parse_qsl(parts.query) if name != "pageToken"}
        asked.setdefault("pageSize", str(min(limit, _PAGE_SIZE)))
        items: list[Item] = []
        token: str | None = None
        for _ in range(_MOST_PAGES):
            query = urlencode(asked | ({"pageToken": token} if token else {}))
            result = await self._page(f"{_without_query(url)}?{query}", key.get_secret_value())
            items += review_items(result, _without_query(url), None) if is_review_list(result) else ()
            before, token = token, _next_page(result)
            if token is None or token == before or len(_documents(items)) >= limit:
                break
        if not items:
            items.append(
                Caution(
                    path=_without_query(url), reason=f"no fact-check of {asked.get('query', '')!r} is known there"
                )
            )
        return PageVisit(items=tuple(limited(iter(items), limit, url)))

    async def _page(self, url: str, key: str) -> dict[str, object]:
        try:
            got = await self.fetcher.get(url, kind="feed", secret={_KEY_HEADER: key})
        except FetchFailed as err:
            if err.status in _REFUSED:
                raise BadInput(f"{err}: is the key in ISNAD_FACT_CHECK_API_KEY one for this API?") from err
            raise
        if not isinstance(got, Fetched):
            raise BadInput("there is no Fact Check Tools API at this address")
        parsed = read_json_body(got)
        if not isinstance(parsed, dict):
            raise BadInput("what it answers is no answer of the Fact Check Tools API")
        return parsed


def visit_list(got: Fetched, limit: int) -> PageVisit:
    """The reviews of a list that was fetched, one of JSON or of a JSON object a line. Raises `BadInput` for JSON of
    another kind."""
    try:
        parsed = read_json_body(got)
    except BadInput:
        parsed = [*_lines(got)]
        if not parsed:
            raise
    objects = parsed if isinstance(parsed, list) else [parsed]
    if not any(map(is_review_list, objects[:_PAGE_SIZE])):
        raise BadInput(
            "it is JSON of a kind that is not read from the web (JSON Feed and lists of fact-checks are)",
            InputFault.UNKNOWN_KIND,
        )
    items = (item for one in objects if is_review_list(one) for item in review_items(one, got.final_url, None))
    return PageVisit(items=tuple(limited(items, limit, got.final_url)))


def read_json_body(got: Fetched) -> object:
    """Raises `BadInput` for what is none."""
    try:
        return json.loads(decode(got.body, got.final_url))
    except (ValueError, RecursionError) as err:
        raise BadInput(f"what it answers is no usable JSON: {str(err)[:200]}") from err


def _lines(got: Fetched) -> Iterator[object]:
    """The objects of JSON lines; nothing where the first of them is none."""
    for line in got.body.splitlines():
        try:
            yield json.loads(decode(line, got.final_url)) if line.strip() else None
        except (ValueError, RecursionError):
            return


def limited(items: Iterator[Item], limit: int, place: str) -> Iterator[Item]:
    """The first so many reviews, and that others were left out."""
    left = limit
    for item in items:
        if isinstance(item, Document):
            left -= 1
            if left < 0:
                more = sum(isinstance(one, Document) for one in islice(items, None)) + 1
                yield Caution(path=place, reason=f"{more:,} fact-checks over the limit of {limit:,} are left out")
                return
        yield item


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.casefold(), parts.path, "", ""))


def _documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def _next_page(fields: dict[str, object]) -> str | None:
    token = fields.get("nextPageToken")
    return token if isinstance(token, str) and 0 < len(token) <= _LONGEST_TOKEN else None
