"""A browser without its window: what a page answers, as people at a desk would send it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import httpx

from tests.doors.api.desk import PATIENCE, Desk


class Visitor:
    """Sends forms as pages of the service do, and follows where they lead."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, path: str, **asked: str) -> httpx.Response:
        return self._http.get(path, params=asked or None)

    def post(self, path: str, **sent: str) -> httpx.Response:
        return self._http.post(path, data=sent)

    def upload(self, **files: bytes | str) -> httpx.Response:
        """Files by name, with `__` for the dot; where it leads to is what was read."""
        sent = [("files", (name.replace("__", "."), data)) for name, data in files.items()]
        return self._http.post("/archive/files", files=sent)

    def verified(self, text: str, **known: str) -> str:
        """Where the report is."""
        answer = self.post("/verifications", text=text, ticket=token_hex(16), **known)
        assert answer.status_code == 200, answer.text
        place = answer.url.path
        self.get(f"{place}/events")
        return place

    def ended(self, answer: httpx.Response) -> str:
        """The page of an addition to the coverage, once it is over."""
        assert answer.status_code == 200, answer.text
        place = answer.url.path
        self.get(f"{place}/events")
        return self.get(place).text


@contextmanager
def run_visitor(desk: Desk, language: str = "en") -> Iterator[Visitor]:
    place = str(desk.http.base_url).rstrip("/")
    headers = {"Origin": place, "Accept-Language": language}
    with httpx.Client(base_url=place, timeout=PATIENCE, headers=headers, follow_redirects=True) as http:
        yield Visitor(http)


def shared_link(visitor: Visitor, report: str) -> tuple[str, str]:
    """The path of a new link, and that by which it is revoked."""
    page = visitor.post(f"{report}/shares", days="1").text
    links = re.findall(r'href="(/shared/[^"]+)"', page)
    revoking = re.findall(r'action="([^"]+/revoke)"', page)
    return links[-1], revoking[-1]
