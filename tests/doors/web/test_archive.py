"""The archive: files, texts and links that become coverage, what was read of them, and finding it again."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest

from agent.config import Settings
from agent.errors import FetchReason
from agent.messages import load_words
from tests.doors.api.desk import Desk, run_desk
from tests.doors.web.visiting import Visitor, run_visitor
from tests.support.endpoint import run_endpoint
from tests.support.newsstand import item, rss, run_newsstand, story
from tests.support.newsstand import page as news_page
from tests.support.office_files import docx, p, r

POST = "Quay two opens\nHarbour Post · 5 March 2026\n\nThe second quay opened on Monday, the harbour office said. \
Forty boats came in before noon, and the ferry to the island left an hour late because of them."
COPY = POST.replace("Harbour Post · 5 March", "The Ledger · 6 March").replace("Forty", "Fourteen")
LINE = '{"text": "Rain is expected all week.", "outlet": "The Courier", "published_at": "2026-03-01"}'
OTHER = "الوسيلة: بريد المرفأ\nالتاريخ: 2026-03-07\n\nأعلن المكتب أن المنارة القديمة ستُرمَّم هذا الصيف بمال من البلدية."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with run_endpoint() as model:
        settings = Settings(
            data_dir=tmp_path_factory.mktemp("archive") / "data",
            analyst="lexical",
            shutdown_grace=0,
            allow_private_urls=True,
            fetch_delay=0,
            max_upload_mb=1,
        )
        with run_desk(settings, model) as running:
            yield running


@pytest.fixture(scope="module")
def visitor(desk: Desk) -> Iterator[Visitor]:
    with run_visitor(desk) as one:
        yield one


@pytest.fixture(scope="module", autouse=True)
def read(visitor: Visitor) -> str:
    """What is told of the files that the archive begins with."""
    inner = BytesIO()
    with ZipFile(inner, "w") as zipped:
        zipped.writestr("inner.txt", OTHER)
        zipped.writestr("photo.png", b"\x89PNG")
    return visitor.ended(
        visitor.upload(
            a__txt=POST,
            b__txt=COPY,
            c__docx=docx(p(r("A report without its outlet, on the tram depot and its new roof."))),
            d__jsonl=f"{LINE}\nno\n",
            all__zip=inner.getvalue(),
            photo__png=b"\x89PNG",
        )
    )


def _documents(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/archive/documents/(d[0-9a-f]{20})"', page)))


def test_what_was_read_of_each_file_and_what_was_refused_is_told(read: str) -> None:
    told = [re.sub(r"<[^>]+>|\s+", " ", one) for one in read.split('<li class="sheet outcome')[1:]]
    assert len(told) == 6
    post, _, word, lines, zipped, photo = (" ".join(one.split()) for one in told)
    assert "Quay two opens · Harbour Post · 5 March 2026" in post
    assert "Unknown outlet · date unknown" in word
    assert "d.jsonl:2" in lines
    assert "all.zip/photo.png" in zipped
    assert "بريد المرفأ" in zipped
    assert "photo.png not a kind of file that is read" in photo
    assert len(_documents(read)) == 5


@pytest.mark.parametrize("language", ["ar", "fa", "fr"])
def test_why_something_was_refused_is_told_in_the_language_of_the_page(desk: Desk, language: str) -> None:
    words = load_words(language, "web")
    with run_visitor(desk, language) as visitor:
        told = visitor.ended(
            visitor.upload(
                photo__png=b"\x89PNG",
                empty__txt=b" ",
                broken__json=b"{half",
                line__jsonl=b'{"no": "text"}\n',
                word__docx=b"no Word file",
            )
        )
        linked = visitor.ended(visitor.post("/archive/links", links="http://127.0.0.1:9/none"))
    for key in ("unknown_kind", "empty", "not_json"):
        assert words(f"problem.{key}") in told, key
    assert any(words(f"fetch.{reason.value}") in linked for reason in FetchReason)
    remarks = re.findall(r'<ul class="remarks">(.*?)</ul>', told + linked, re.DOTALL)
    bare = re.sub(r"<bdi.*?</bdi>|<details.*?</details>|<[^>]+>", " ", " ".join(remarks), flags=re.DOTALL)
    # What programs call things is the same everywhere.
    assert not re.search(r"\b(it|the|is|not|no|be)\b", bare.replace("JSON", "")), bare


def test_it_is_listed_by_outlet_day_language_and_report(visitor: Visitor) -> None:
    assert len(_documents(visitor.get("/archive").text)) == 5
    assert len(_documents(visitor.get("/archive", outlet="the courier").text)) == 1
    assert len(_documents(visitor.get("/archive", language="ar").text)) == 1
    assert len(_documents(visitor.get("/archive", since="2026-03-05", until="2026-03-06").text)) == 2
    (courier,) = _documents(visitor.get("/archive", outlet="Harbour Post").text)
    origin = re.search(r"/archive\?origin=(o[0-9a-z]+)", visitor.get(f"/archive/documents/{courier}").text)
    assert origin is not None
    assert len(_documents(visitor.get("/archive", origin=origin[1]).text)) == 2


def test_a_day_that_is_none_is_marked_and_all_else_is_listed(visitor: Visitor) -> None:
    page = visitor.get("/archive", since="soon")
    assert page.status_code == 200
    assert page.text.count('aria-invalid="true"') == 1


def test_a_search_tells_of_both_legs(visitor: Visitor) -> None:
    page = visitor.get("/archive", q="the second quay opened", language="en").text
    first = page.split('class="sheet hit')[1]
    assert "Quay two opens" in first
    assert first.count("place 1") == 2
    assert "<meter" in first


def test_a_copy_is_shown_beside_what_it_copies(visitor: Visitor) -> None:
    (copy,) = _documents(visitor.get("/archive", outlet="The Ledger").text)
    page = visitor.get(f"/archive/documents/{copy}").text
    assert "2 articles, one report" in page
    assert re.search(r"<del>.*?Forty boats", page)
    assert re.search(r"<ins>.*?Fourteen boats", page)
    assert load_words("en", "web")("date_from.visible_line") in page


def test_a_document_is_withdrawn_with_a_reason_and_put_back(visitor: Visitor) -> None:
    (courier,) = _documents(visitor.get("/archive", outlet="The Courier").text)
    gone = visitor.post(f"/archive/documents/{courier}/withdraw", reason="It was a test.")
    assert "Withdrawn" in gone.text
    assert "It was a test." in gone.text
    assert _documents(visitor.get("/archive", outlet="The Courier").text) == []
    assert _documents(visitor.get("/archive", outlet="The Courier", kept="1").text) == [courier]
    visitor.post(f"/archive/documents/{courier}/restore")
    assert _documents(visitor.get("/archive", outlet="The Courier").text) == [courier]


def test_a_text_is_added_with_what_it_tells_of_itself_and_what_is_said_of_it(visitor: Visitor) -> None:
    told = visitor.ended(visitor.post("/archive/texts", text=f"Date: 2026-02-02\n\n{POST} Again.", outlet="Our Desk"))
    (document,) = _documents(told)
    page = visitor.get(f"/archive/documents/{document}").text
    assert "Our Desk" in page
    assert "2 February 2026" in page


def test_links_are_fetched_and_a_feed_is_followed_until_it_is_not(visitor: Visitor) -> None:
    with run_newsstand() as stand:
        feed = stand.put("/feed.xml", rss(item(stand.put("/one", news_page(story(1))))), "application/rss+xml")
        told = visitor.ended(visitor.post("/archive/links", links=f"{feed}\nhttp://127.0.0.1:9/none", every="hour"))
    assert load_words("en", "web")("intake.followed") in told
    assert told.count('class="sheet outcome refused"') == 1
    page = visitor.get("/archive/add").text
    assert feed in page
    assert feed not in visitor.post("/archive/followed/end", url=feed).text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/archive/links", {"links": "no link at all"}),
        ("/archive/links", {"links": " "}),
        ("/archive/texts", {"text": " … "}),
        ("/archive/texts", {"text": "The quay is open.", "published_at": "soon"}),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field(visitor: Visitor, path: str, sent: dict[str, str]) -> None:
    answer = visitor.post(path, **sent)
    assert answer.status_code == 422
    assert answer.text.count('class="problem" id=') == 1


def test_more_than_may_be_sent_is_refused_and_nothing_of_it_is_kept(visitor: Visitor, desk: Desk) -> None:
    before = len(desk.http.get("/v1/coverage").json()["documents"])
    assert visitor.upload(a__txt=b"word " * 300_000).status_code == 413
    assert len(desk.http.get("/v1/coverage").json()["documents"]) == before


def test_an_intake_is_only_its_owners(visitor: Visitor) -> None:
    assert visitor.get("/archive/intakes/" + "0" * 32).status_code == 404


def test_a_list_has_pages(visitor: Visitor) -> None:
    lines = "".join(f'{{"text": "Bulletin number {n} of the day.", "outlet": "Bulletin"}}\n' for n in range(60))
    visitor.ended(visitor.upload(many__jsonl=lines))
    first = visitor.get("/archive", outlet="Bulletin").text
    second = visitor.get("/archive", outlet="Bulletin", page="2").text
    assert (len(_documents(first)), len(_documents(second))) == (50, 10)
    assert set(_documents(first)).isdisjoint(_documents(second))
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
