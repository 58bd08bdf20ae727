"""An article that came by mail: forwarded, quoted with `>`, or below somebody's words; with a signature under it.

The speaker of a quotation is no part of an envelope: "The minister wrote:" before quoted lines stays, unlike the line
that a mail program puts there, with an address or with day and hour.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files

from agent.models import Frozen
from agent.text.patterns import any_of

_QUOTED = re.compile(r"\A[ \t]{0,3}(?:>[ \t]?)+")
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
# Programs that write right to left mark each name and address with its direction.
_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_HOUR = re.compile(r"\d{1,2}[:.h]\d{2}")
_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")
_LONGEST_LINE = 400
_LONGEST_SIGNATURE = 12
_MOST_LETTERS = 8
_MOST_HEADERS = 12
_SHORT_COMMENT = 300
_DRAWN = re.compile(r"[ \t]*[-_=*]{3,}[ \t]*")
# Whoever writes so much above a mail wrote an article, and the mail below it is what was answered.
_ARTICLE_CHARS = 400


class Mail(Frozen):
    """An article that was in a mail. `text` is the article, without the marks of quoting. `said` are the words above
    it of whoever sent it on, `left_out` names what else stood around it, and `has_head` is true where a mail program
    wrote a part of that."""

    text: str
    said: str = ""
    left_out: tuple[str, ...] = ()
    has_head: bool = False


def open_mail(text: str) -> Mail | None:
    """The article in a mail; None for a text without the signs of a mail. The time that it takes is linear in the
    length of the text."""
    return _opened(text.replace("\r\n", "\n").split("\n"), _MOST_LETTERS)


def _opened(lines: Sequence[str], letters: int) -> Mail | None:
    head = _head(lines) if letters else None
    if head is None:
        return _unquoted(lines)
    start, end = head
    written = _joined(_without_signature(lines[:start]))
    below, behind = _quoted_part(lines[end:])
    inner = _opened(below, letters - 1) or Mail(text=_joined(_without_signature(below)))
    if len(written) >= _ARTICLE_CHARS and len(written) > len(inner.text):
        kept = _unquoted(_without_signature(lines[:start])) or Mail(text=written)
        return kept.model_copy(update={"left_out": ("the mail below it, which it answers",), "has_head": True})
    said = "\n".join(part for part in (written, inner.said, behind) if part)
    left_out = dict.fromkeys(("the head of the mail", *inner.left_out))
    return inner.model_copy(update={"said": said, "left_out": tuple(left_out), "has_head": True})


def _quoted_part(lines: Sequence[str]) -> tuple[list[str], str]:
    """What is quoted, without its marks, and what is said behind it; all lines where the first one is not quoted."""
    quoted = [number for number, line in enumerate(lines) if _QUOTED.match(line)]
    if not quoted or any(line.strip() for line in lines[: quoted[0]]):
        return list(lines), ""
    behind = _joined(_without_signature(lines[quoted[-1] + 1 :]))
    if len(behind) >= _ARTICLE_CHARS:
        return list(lines), ""
    return [_QUOTED.sub("", line, count=1) for line in lines[: quoted[-1] + 1]], behind


def _head(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where the first head of a mail stands: from which line to which, end exclusive."""
    above = 0
    for number, line in enumerate(lines):
        bare = _QUOTED.sub("", line, count=1)
        above += len(bare)
        if len(bare) > _LONGEST_LINE:
            continue
        if _patterns().forwarded.fullmatch(bare):
            return number, _after_headers(lines, number + 1) or number + 1
        if _header(bare) and (end := _after_headers(lines, number)) is not None:
            return number, end
        if (end := _after_attribution(lines, number, is_top=above - len(bare) < _SHORT_COMMENT)) is not None:
            return number, end
    return None


def _after_headers(lines: Sequence[str], number: int) -> int | None:
    """Behind a block of header lines; None where there is none: a sender, and a day or a subject."""
    while number < len(lines) and not lines[number].strip(" \t>"):
        number += 1
    names: list[str] = []
    while number < len(lines) and len(names) < _MOST_HEADERS:
        bare = _QUOTED.sub("", lines[number], count=1)
        found = _header(bare) if len(bare) <= _LONGEST_LINE else None
        if found is None:
            # A long list of receivers goes on in the next line.
            if not (names and bare[:1] in " \t" and bare.strip() and _ADDRESS.search(bare)):
                break
        else:
            names.append(found[1])
        number += 1
    result = _patterns()
    has_sender = any(result.sender.fullmatch(name) for name in names)
    return number if has_sender and any(result.telling.fullmatch(name) for name in names) else None


def _after_attribution(lines: Sequence[str], number: int, *, is_top: bool) -> int | None:
    """Behind the line that a mail program puts before what it quotes: who, with an address, and wrote it or when; or
    who wrote it, with day and hour, when nothing but quoted lines follows and next to nothing stands above."""
    bare = [_QUOTED.sub("", line, count=1).strip() for line in lines[number : number + 3]]
    for size in (1, 2, 3):
        text = _DIRECTIONS.sub("", " ".join(bare[:size])).strip()
        if not text or len(text) > _LONGEST_LINE or size > len(bare) or not bare[size - 1]:
            return None
        wrote, address = _patterns().wrote.search(text), _ADDRESS.search(text)
        if text[-1] in ":：" and (wrote or (address and _is_timed(text))):
            end = number + size
            following = next((line for line in lines[end : end + 4] if line.strip()), "")
            if not _QUOTED.match(following):
                return None
            is_program = address or (is_top and _is_timed(text) and _all_quoted(_without_signature(lines[end:])))
            return end if is_program else None
    return None


def _is_timed(text: str) -> bool:
    return bool(_HOUR.search(text) and _DAY.search(text))


def _unquoted(lines: Sequence[str]) -> Mail | None:
    """A text in which lines are quoted: wholly, or as a quotation within an article, whose speaker stands before."""
    quoted = [number for number, line in enumerate(lines) if _QUOTED.match(line)]
    result = _without_signature(lines)
    if len(quoted) < 2 and not _all_quoted(result) and not any(_introduces(lines, number) for number in quoted):
        is_signed = len(result) < len(_trimmed(lines)) and bool(result)
        return Mail(text=_joined(result), left_out=("the signature",)) if is_signed else None
    whole, kept, was_quoted = _all_quoted(result), list[str](), False
    for line in result:
        is_quoted = bool(_QUOTED.match(line))
        bare = _QUOTED.sub("", line, count=1)
        # Within a quotation an empty line parts nothing from its speaker.
        if whole or bare.strip() or not (is_quoted and was_quoted):
            kept.append(bare)
        was_quoted = is_quoted
    return Mail(text=_joined(_trimmed(kept)), left_out=("the marks of quoted lines",))


def _introduces(lines: Sequence[str], number: int) -> bool:
    before = next((line.strip() for line in reversed(lines[max(0, number - 2) : number]) if line.strip()), "")
    return before.endswith((":", "："))


def _all_quoted(lines: Sequence[str]) -> bool:
    value = [line for line in lines if line.strip()]
    return bool(value) and all(_QUOTED.match(line) for line in value)


def _without_signature(lines: Sequence[str]) -> Sequence[str]:
    """Without the line that begins a signature and the little that follows it, and without lines that are drawn."""
    result = _trimmed(lines)
    for number in range(max(0, len(result) - _LONGEST_SIGNATURE), len(result)):
        if _signs(result, number):
            result = _trimmed(result[:number])
            break
    return _trimmed(result[:-1]) if result and _DRAWN.fullmatch(result[-1]) else result


def _signs(lines: Sequence[str], number: int) -> bool:
    bare = _QUOTED.sub("", lines[number], count=1)
    if len(bare) > _LONGEST_LINE or sum(map(len, lines[number:])) > _ARTICLE_CHARS:
        return False
    return (
        bare == "-- "
        or bool(_patterns().signs_off.fullmatch(bare))
        or (bare == "--" and _is_small(lines[number + 1 :]))
    )


def _is_small(lines: Sequence[str]) -> bool:
    """Names, offices, numbers: no line of them ends a sentence."""
    return all(len(line) < 60 and not line.rstrip().endswith((".", "؟", "!", "?", "۔")) for line in lines)


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    """Without the empty lines at both ends, quoted ones too."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip(" \t>"):
        start += 1
    while end > start and not lines[end - 1].strip(" \t>"):
        end -= 1
    return lines[start:end]


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _header(line: str) -> re.Match[str] | None:
    return _patterns().header.match(_DIRECTIONS.sub("", line))


class _Patterns:
    """`mail.toml`. `header` is a line of a head, with its name; `sender` and `telling` are such names. Each is made
    when it is first asked for: most texts are no mail."""

    def __init__(self, resource: str) -> None:
        self._table = tomllib.loads(resource)
        heads = self._table["heads"]
        self._sender, self._telling, self._others = (any_of(heads[name]) for name in ("sender", "telling", "others"))

    @cached_property
    def forwarded(self) -> re.Pattern[str]:
        forwarded, begins = any_of(self._table["forwarded"]), any_of(self._table["begins"])
        return _compiled(
            rf"[ \t]*-{{3,}}[ \t]*(?:{forwarded})[ \t]*-{{3,}}[ \t]*|[ \t]*(?:{begins})[ \t]*[:：]?[ \t]*"
        )

    @cached_property
    def header(self) -> re.Pattern[str]:
        return _compiled(rf"[ \t*_]*({self._sender}|{self._telling}|{self._others})[ \t*_]*[:：]")

    @cached_property
    def sender(self) -> re.Pattern[str]:
        return _compiled(self._sender)

    @cached_property
    def telling(self) -> re.Pattern[str]:
        return _compiled(self._telling)

    @cached_property
    def wrote(self) -> re.Pattern[str]:
        wrote = self._table["wrote"]
        return _compiled(rf"(?<!\w)(?:{any_of(wrote['words'])})(?!\w)|{any_of(wrote['joined'])}")

    @cached_property
    def signs_off(self) -> re.Pattern[str]:
        return _compiled(rf"[ \t]*(?:{any_of(self._table['signs_off'])})[ \t]*")


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns((files("agent.envelopes") / "mail.toml").read_text("utf-8"))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
