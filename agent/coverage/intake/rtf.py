"""The words of a rich-text (RTF) document, as word processors and text editors save it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agent.coverage.intake.office_text import Written
from agent.coverage.intake.raised import marks_in
from agent.coverage.intake.rtf_letters import ENCODINGS, SPELLED, encoding_of
from agent.errors import BadInput

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# What begins a word, a group or a line: a book has a million.
_SIGNS = (b"\\", b"{", b"}", b"\n", b"\r")
_MOST_SIGNS, _DEEPEST = 1_500_000, 1_000
_TOO_MUCH = "a rich-text document that is made to be slow to read"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS = frozenset(("par", "sect", "page", "column"))
# Groups that are no text of the document, by what they are counted as.
_APART = {
    "footnote": "notes",
    "annotation": "comments",
    "pict": "pictures",
    "object": "documents",
    "header": "edges",
    "headerl": "edges",
    "headerr": "edges",
    "headerf": "edges",
    "footer": "edges",
    "footerl": "edges",
    "footerr": "edges",
    "footerf": "edges",
}
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info fldinst nonshppict listtext pntext sn sv sp themedata datastore xe tc rxe txe"
    " bkmkstart bkmkend atnid atnauthor atnref atndate atnicn revtbl listtable listoverridetable filetbl mmathPr"
    " latentstyles".split()
)
# Marked as something that old readers pass over, and text all the same.
_TRANSPARENT = frozenset(("shpinst", "shptxt", "shppict", "ud"))
_NAMED = ("title", "author")


def read_rtf(data: bytes) -> Written:
    """What is damaged is read as far as it can be; raises `BadInput` for what is made to be slow to read."""
    if sum(map(data.count, _SIGNS)) > _MOST_SIGNS:
        raise BadInput(_TOO_MUCH)
    reader = _Reader()
    reader.read(data)
    return reader.written()


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group. `silent`: nothing of it is read; `into`: it is the title or the author."""

    silent: bool = False
    into: str | None = None
    fonts: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    raised: bool = False
    in_table: bool = False
    font: int | None = None
    skips: int = 1


@dataclass
class _Reader:
    lines: list[str | tuple[str, ...]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    _state: _State = _State()
    _stack: list[_State] = field(default_factory=list)
    _encoding: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _pending: bytearray = field(default_factory=bytearray)
    _words: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _to_skip: int = 0
    _starred: bool = False
    _ended: bool = False
    _table_font: int | None = None

    def read(self, data: bytes) -> None:
        at = 0
        while not self._ended and (token := _TOKEN.match(data, at)) is not None:
            at = token.end()
            if token["word"]:
                number = int(token["number"]) if token["number"] else None
                word = token["word"].decode("ascii")
                at += max(0, number or 0) if word == "bin" else 0
                self._control(word, number)
            elif token["byte"]:
                self._bytes(bytes.fromhex(token["byte"].decode("ascii")))
            elif token["sign"]:
                self._sign(token["sign"])
            elif token["group"]:
                self._group(opens=token["group"] == b"{")
            elif token["text"]:
                self._plain(token["text"])
        self._paragraph()
        self._row()

    def written(self) -> Written:
        return Written(
            lines=tuple(self.lines),
            title=self.properties.get("title", "").strip() or None,
            author=self.properties.get("author", "").strip() or None,
            left_out=dict(self.left_out),
            unseen=tuple(self.unseen),
        )

    def _group(self, *, opens: bool) -> None:
        self._decoded()
        self._to_skip = 0
        if opens:
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()
            self._ended = not self._stack
        if len(self._stack) > _DEEPEST:
            raise BadInput(_TOO_MUCH)
        self._starred = False

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"{}\\":
            self._plain(sign)
        elif sign in b"\r\n":
            self._control("par", None)
        else:
            self._say({b"~": "\u00a0", b"_": "\u2011"}.get(sign, ""))

    def _plain(self, text: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        self._pending += text

    def _bytes(self, one: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._pending += one

    def _decoded(self) -> None:
        """What was told in bytes, as letters: two may stand for one."""
        if not self._pending:
            return
        font = self._fonts.get(self._state.font) if self._state.font is not None else None
        text = bytes(self._pending).decode(font or self._encoding, "replace")
        self._pending.clear()
        self._say(text)

    def _say(self, text: str) -> None:
        self._decoded()
        state = self._state
        if state.into is not None:
            self.properties[state.into] = self.properties.get(state.into, "") + text
        elif state.silent or not text:
            return
        elif state.hidden:
            self._hidden.append(text)
        elif not (state.struck or state.deleted):
            self._words.append(text.translate(_RAISED) if state.raised else text)

    def _control(self, word: str, number: int | None) -> None:
        self._decoded()
        starred, self._starred = self._starred, False
        if word == "u":
            self._to_skip = self._state.skips
            self._say(chr((number or 0) % 0x10000))
        elif word in SPELLED:
            self._say(SPELLED[word])
        elif word in _NAMED and self._stack and self._state.silent:
            self._state = replace(self._state, into=word)
        elif word in _APART or word in _SILENT or (starred and word not in _TRANSPARENT):
            self._apart(word)
        elif word in ENCODINGS or word == "ansicpg":
            self._encoding = encoding_of(word, number) or self._encoding
        elif self._state.fonts:
            self._font(word, number)
        elif not self._state.silent:
            self._layout(word)
            self._state = _styled(self._state, word, number, self.left_out)

    def _apart(self, word: str) -> None:
        if not self._state.silent and word in _APART:
            self.left_out[_APART[word]] += 1
        self._state = replace(self._state, silent=True, fonts=word == "fonttbl")

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._table_font = number
        elif word == "fcharset" and self._table_font is not None:
            encoding = encoding_of(word, number)
            if encoding is not None:
                self._fonts[self._table_font] = encoding

    def _layout(self, word: str) -> None:
        if word in _ENDS:
            if self._state.in_table:
                self._words.append(" ")
            else:
                self._paragraph()
        elif word == "line":
            self._say("\n")
        elif word in ("cell", "nestcell"):
            self._cells.append(self._said())
        elif word in ("row", "nestrow"):
            self._row()

    def _row(self) -> None:
        if any(self._cells):
            self.lines.append(tuple(" ".join(cell.split()) for cell in self._cells))
        self._cells.clear()

    def _paragraph(self) -> None:
        if text := self._said():
            self.lines.append(text)

    def _said(self) -> str:
        """The words since the last end, without what calls notes; what was hidden among them is put down."""
        text = _whole("".join(self._words))
        hidden = " ".join(_whole("".join(self._hidden)).split())
        self._words.clear()
        self._hidden.clear()
        if hidden:
            self.unseen.append(hidden)
        for start, end in reversed(marks_in(text, "")):
            self.left_out["notes"] += 1
            text = text[:start] + text[end:]
        return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _whole(text: str) -> str:
    """With pairs of surrogates as the characters that they are."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styled(state: _State, word: str, number: int | None, left_out: Counter[str]) -> _State:
    """The state behind a control word."""
    on = number != 0
    if word == "plain":
        return replace(state, hidden=False, struck=False, deleted=False, raised=False)
    if word == "pard":
        return replace(state, in_table=False)
    if word == "nosupersub":
        return replace(state, raised=False)
    if word == "uc":
        return replace(state, skips=max(0, number or 0))
    if word == "f":
        return replace(state, font=number)
    if (name := _SWITCHES.get(word)) is None:
        return state
    left_out["struck"] += on and name == "struck" and not state.struck
    left_out["deletions"] += on and name == "deleted" and not state.deleted
    return _switched(state, name, on=on)


def _switched(state: _State, name: str, *, on: bool) -> _State:
    match name:
        case "hidden":
            return replace(state, hidden=on)
        case "struck":
            return replace(state, struck=on)
        case "deleted":
            return replace(state, deleted=on)
        case "raised":
            return replace(state, raised=on)
        case _:
            return replace(state, in_table=on)


_SWITCHES: Mapping[str, str] = {
    "v": "hidden",
    "strike": "struck",
    "striked": "struck",
    "deleted": "deleted",
    "super": "raised",
    "up": "raised",
    "intbl": "in_table",
}
