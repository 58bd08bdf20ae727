"""A link that leads nowhere, because its name is mistyped, is told at once: nothing is tried again."""

import socket
from collections.abc import Iterator

import pytest

from agent.config import Settings
from agent.messages import load_words
from tests.doors.api.desk import Desk, run_desk
from tests.doors.web.visiting import run_visitor
from tests.support.command import isnad
from tests.support.endpoint import run_endpoint

HOST = "harbuor-post.invalid"
LINK = f"https://{HOST}/story"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that somebody looks for the name."""
    looked: list[str] = []
    known = socket.getaddrinfo

    def look(host: str | None, *args: object, **more: object) -> object:
        if host == HOST:
            looked.append(host)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *args, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return looked


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(data_dir=tmp_path_factory.mktemp("links"), analyst="lexical", shutdown_grace=0)
        with run_desk(settings, model) as running:
            yield running


def test_on_the_command_line(asked: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    told = isnad("verify", LINK, data_dir=str(tmp_path_factory.mktemp("alone")))
    assert (told.code, HOST in told.err, len(asked)) == (2, True, 1)
    added = isnad("coverage", "add", LINK, data_dir=str(tmp_path_factory.mktemp("added")))
    assert (added.code, HOST in added.err, len(asked)) == (3, True, 2)


def test_on_the_page_and_over_http(desk: Desk, asked: list[str]) -> None:
    words = load_words("ar", "web")
    with run_visitor(desk, "ar") as visitor:
        page = visitor.get(visitor.verified(LINK)).text
        assert words("failure.fetch") in page
        assert len(asked) == 1
        read = visitor.ended(visitor.post("/archive/links", links=LINK))
        assert words("fetch.name") in read
        assert len(asked) == 2
    posted = desk.post(url=LINK).json()
    assert (posted["state"], posted["failure"]["code"], len(asked)) == ("failed", "fetch", 3)
