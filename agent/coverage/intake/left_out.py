"""What is said of an article's reading: what of its page is not in its text, and why."""

from collections.abc import Iterator, Sequence

from agent.coverage.intake.page_body import PageBody
from agent.models import Frozen, LeftOut
from agent.text.corrections import notes_in

_SHOWN = 120
_MOST = 5
_UNSEEN = "readers do not see it"
_NO_LINE = "its letters alone would say something else"
_STRUCK = "it is struck out"
_BESIDE = "it leads to other stories, sells something or asks for something"
_CUT = LeftOut(what="the rest of the article", why="stands behind a subscription: only its beginning was to be had")
_WITHHELD = LeftOut(what="the rest of the article", why="may be missing: its page says that it is not free to read")
_CORRECTED = "is not heard as support: a correction in the article takes it back"


class OmissionReport(Frozen):
    """`cautions` are told at once."""

    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[LeftOut, ...] = ()


def report_on(body: PageBody, *, withheld: bool = False) -> OmissionReport:
    """What was left out of an article quietly, and what its readers have to know. `withheld`: its page says that it
    is not free."""
    cautions = [_CUT] if body.cut else [_WITHHELD] if withheld else []
    notes = [note for note in notes_in(body.text) if note.withdrawn or note.whole]
    taken_back = [" … ".join(note.withdrawn) or "all of it" for note in notes]
    return OmissionReport(
        left_out=(
            *hidden_text(body.unseen),
            *_reports("struck-out words", body.struck, _STRUCK),
            *_reports("text beside the article", body.beside, _BESIDE),
        ),
        cautions=(*cautions, *_reports("what it said", taken_back, _CORRECTED)),
    )


def hidden_text(some: Sequence[str]) -> Iterator[LeftOut]:
    """What is told of words that stand in a source and that its readers do not see."""
    return _reports("hidden text", some, _UNSEEN)


def equations(some: Sequence[str]) -> Iterator[LeftOut]:
    return _reports("an equation", some, _NO_LINE)


def _reports(what: str, some: Sequence[str], why: str) -> Iterator[LeftOut]:
    for words in some[:_MOST]:
        yield LeftOut(what=f"{what} (“{_short(words)}”)", why=why)
    if len(some) > _MOST:
        yield LeftOut(what=f"{what}, {len(some) - _MOST} times more", why=why)


def _short(words: str) -> str:
    words = words.strip(" .,:;")
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
