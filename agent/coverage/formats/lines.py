"""A tree of markup read as lines: what its reader sees, in order, each word with its place in the tree.

Whatever comes as markup is read here, so that a list, a table or a quotation is the same in a page, a feed, an
agency's item and the blocks of an editor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from agent.coverage.formats.hidden import is_for_screen_readers, is_hidden
from agent.coverage.formats.quoted import is_marked, is_quote, is_signature, signs_of
from agent.coverage.formats.raised import LONGEST_BEFORE, Height, is_note_mark, marks_in, names_note, shown
from agent.coverage.formats.safe_xml import local_name
from agent.coverage.formats.tables import Row, rows_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SILENT = frozenset(
    "script style head title noscript template iframe svg object embed applet audio video canvas map select textarea"
    " button datalist rp rt rtc form media-reference media-metadata media-producer media-object".split()
)
_NO_BREAK = frozenset("script style noscript template svg rp rt rtc".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output picture q"
    " ruby rb s samp small source span strike strong sub sup time tt u var wbr"
    " person org location event chron money num".split()
)
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_ENDS = tuple(".!?؟…۔。！？।")
_CLOSERS = "\"'”’»)]）」』 "
_SPACES = re.compile(r"[^\S ]")
_NAMING = ("class", "role", "{http://www.idpf.org/2007/ops}type", "epub:type")
_LONGEST_MARK = 24
_LONGEST_TERM, _LONGEST_TOLD = 80, 300
# What lies deeper is read as plain blocks: looking into everything at every depth would be a square.
_DEEPEST = 250
_MOST_TABLES = 6
_WORDS_WORTH_TELLING = 3


class Break(IntEnum):
    """How much two lines are apart: a line was broken, or a block ended."""

    LINE = 1
    BLOCK = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words as they stand in one node of the tree, from its character `at`; without a node they were put in."""

    text: str
    node: "Element | None" = None
    tail: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """`is_row`: it is read from the cells of a table's row."""

    runs: tuple[Run, ...]
    ends: Break
    is_row: bool = False

    @property
    def words(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def stripped(self) -> tuple[Run, ...]:
        """Its runs without the white space at both ends."""
        return tuple(_stripped(_stripped(self.runs), right=True))

    @property
    def node(self) -> "Element | None":
        return next((run.node for run in self.runs if run.node is not None), None)


@dataclass(frozen=True, slots=True)
class Left:
    """An element that is not read, with what is in it."""

    element: "Element"
    words: str


@dataclass(frozen=True)
class Lines:
    """`unseen` and `struck`: what the tree holds and its reader does not see, or sees struck out."""

    lines: tuple[Line, ...] = ()
    unseen: tuple[Left, ...] = ()
    struck: tuple[Left, ...] = ()

    @property
    def text(self) -> str:
        return joined(self.lines)


def between(line: Line) -> str:
    """What parts a line from the next. Behind a block that ends no sentence stands a blank line, so that it melts into
    no other."""
    return "\n" if line.ends is Break.LINE or line.words.rstrip(_CLOSERS).endswith(_ENDS) else "\n\n"


def joined(lines: Sequence[Line]) -> str:
    """Lines as one text."""
    parts = [part for line in lines for part in (line.words, between(line))]
    return "".join(parts[:-1])


def read_lines(root: "Element", *, breaks: bool = False) -> Lines:
    """The lines under an element. `breaks`: line ends of the source are line ends, as in unfinished posts."""
    reader = _Reader(breaks=breaks)
    reader.read(root)
    return Lines(tuple(reader.lines), tuple(reader.unseen), tuple(reader.struck))


@dataclass(frozen=True, slots=True)
class _Visit:
    """An element to be read. `inner`: only what is in it, without its edges."""

    element: "Element"
    depth: int = 0
    tables: int = 0
    quoted: bool = False
    inner: bool = False

    def to(self, element: "Element", *, quoted: bool = False, inner: bool = False, table: bool = False) -> "_Visit":
        """A visit to something within."""
        tables = self.tables + table
        return _Visit(element, self.depth + 1, tables, quoted=self.quoted or quoted, inner=inner)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a node: the first ones in an element, or those right behind it."""

    element: "Element"
    tail: bool


@dataclass(frozen=True, slots=True)
class _Flat:
    """While it lasts, breaks are spaces: within a cell. `row`: what is read is a row."""

    by: int
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Preformatted:
    """While it lasts, line ends are line ends."""

    by: int


@dataclass(frozen=True, slots=True)
class _EndQuote:
    """`first` is the number of the quotation's first line."""

    first: int
    signs: tuple["Element", ...]
    visit: _Visit


@dataclass(frozen=True, slots=True)
class _EndSign:
    """`first` is the number of the signature's first run."""

    first: int


_Task = _Visit | _Words | _Flat | _Preformatted | _EndQuote | _EndSign | Break | Run


@dataclass
class _Reader:
    breaks: bool
    lines: list[Line] = field(default_factory=list)
    unseen: list[Left] = field(default_factory=list)
    struck: list[Left] = field(default_factory=list)
    _now: list[Run] = field(default_factory=list)
    _flat: int = 0
    _row: bool = False
    _preformatted: int = 0
    _waiting: list[_Task] = field(default_factory=list)
    _passed_over: set["Element"] = field(default_factory=set)

    def read(self, root: "Element") -> None:
        self._waiting = [Break.BLOCK, _Visit(root, inner=True)]
        while self._waiting:
            self._do(self._waiting.pop())

    def _do(self, task: _Task) -> None:
        if isinstance(task, _Words):
            self._text(task)
        elif isinstance(task, _Visit):
            self._visit(task)
        elif isinstance(task, Break):
            self._break(task)
        elif isinstance(task, Run):
            self._now.append(task)
        elif isinstance(task, _Flat):
            self._flat += task.by
            self._row = self._row or task.row
        elif isinstance(task, _Preformatted):
            self._preformatted += task.by
        elif isinstance(task, _EndQuote):
            self._sign(task)
        else:
            self._now[task.first :] = _without_dash(self._now[task.first :])

    def _soon(self, *tasks: _Task) -> None:
        self._waiting += reversed(tasks)

    def _visit(self, task: _Visit) -> None:
        element, name = task.element, local_name(task.element).lower()
        if task.inner:
            self._soon(*self._within(task))
        elif not name or name in _SILENT or element in self._passed_over:
            self._edge(name)
        elif task.depth > _DEEPEST:
            self._enter(task, name)
        elif is_hidden(element):
            _note(self.unseen, element)
            self._edge(name)
        elif name in _STRUCK or _styled(element, _STRUCK_STYLE):
            _note(self.struck, element)
        elif self._is_mark(element, name):
            return
        elif height := _height(element, name):
            self._raised(task, height)
        else:
            self._enter(task, name)

    def _enter(self, task: _Visit, name: str) -> None:
        special = task.depth <= _DEEPEST
        if name == "br":
            self._break(Break.LINE)
        elif name in _INLINE:
            self._soon(*(_marked(task.element, self._within(task)) if name == "q" else self._within(task)))
        elif special and name == "table" and task.tables < _MOST_TABLES:
            self._soon(Break.BLOCK, *_table(task), Break.BLOCK)
        elif special and not task.quoted and is_quote(task.element, name):
            self._quote(task)
        elif name == "dl":
            self._soon(Break.BLOCK, *_described(task), Break.BLOCK)
        elif name == "pre":
            self._soon(Break.BLOCK, _Preformatted(1), *self._within(task), Break.BLOCK, _Preformatted(-1))
        else:
            self._soon(Break.BLOCK, *self._within(task), Break.BLOCK)

    def _edge(self, name: str) -> None:
        if name and name not in _INLINE and name not in _NO_BREAK:
            self._break(Break.BLOCK)

    def _within(self, task: _Visit) -> list[_Task]:
        """What is to be done for all that is in an element."""
        tasks: list[_Task] = [_Words(task.element, tail=False)]
        twice = _said_twice(task.element)
        for child in task.element:
            if child not in twice:
                tasks.append(task.to(child))
            tasks.append(_Words(child, tail=True))
        return tasks

    def _text(self, task: _Words) -> None:
        told = (task.element.tail if task.tail else task.element.text) or ""
        if not (self.breaks or self._preformatted) or self._flat:
            self._put(_SPACES.sub(" ", told), task, 0)
            return
        at = 0
        for number, line in enumerate(told.split("\n")):
            if number:
                self._break(Break.LINE)
            self._put(_SPACES.sub(" ", line), task, at)
            at += len(line) + 1

    def _put(self, words: str, task: _Words, at: int) -> None:
        begin = 0
        for start, end in marks_in(words, self._before()):
            if start > begin:
                self._now.append(Run(words[begin:start], task.element, task.tail, at + begin))
            begin = end
        if begin < len(words):
            self._now.append(Run(words[begin:], task.element, task.tail, at + begin))

    def _before(self) -> str:
        """The last characters of the line so far."""
        last = ""
        for run in reversed(self._now):
            last = run.text[-LONGEST_BEFORE:] + last
            if len(last) >= LONGEST_BEFORE:
                break
        return last[-LONGEST_BEFORE:]

    def _break(self, ends: Break) -> None:
        if self._flat:
            if self._now and not self._now[-1].text.endswith(" "):
                self._now.append(Run(" "))
        elif any(not run.text.isspace() for run in self._now if run.text):
            self.lines.append(Line(tuple(self._now), ends, is_row=self._row))
            self._now, self._row = [], False
        else:
            self._now, self._row = [], False
            if self.lines and self.lines[-1].ends is Break.LINE:
                self.lines[-1] = replace(self.lines[-1], ends=Break.BLOCK)

    def _is_mark(self, element: "Element", name: str) -> bool:
        named = names_note(" ".join(filter(None, map(element.get, _NAMING)))) if element.attrib else False
        raised = _height(element, name) is not None
        link = name == "a" and (element.get("href") or "").startswith("#")
        if not (named or raised or link):
            return False
        words = "".join(element.itertext())
        if len(words) > _LONGEST_MARK:
            return False
        before = self._before()
        if link and not named and not raised and next(element.iter("sup"), None) is None and before[-1:].isspace():
            return False
        linked = link or next(element.iter("a"), None) is not None
        return is_note_mark(words, before, (element.tail or "")[:1], linked=linked, named=named)

    def _raised(self, task: _Visit, height: Height) -> None:
        element = task.element
        words, before, after = "".join(element.itertext()), self._before(), (element.tail or "")[:1]
        if len(words) > _LONGEST_MARK or shown(words, before, after, height) == words:
            if before[-1:].isdecimal() and words.strip().isdecimal():
                self._now.append(Run(" "))
            self._soon(*self._within(task))
            return
        for node, tail, told in _nodes(element):
            self._now.append(Run(shown(told, before, after, height), node, tail))

    def _quote(self, task: _Visit) -> None:
        self._break(Break.BLOCK)
        signs = tuple(signs_of(task.element))
        self._passed_over.update(signs)
        quoted = task.to(task.element, quoted=True, inner=True)
        self._soon(quoted, Break.BLOCK, _EndQuote(len(self.lines), signs, quoted))

    def _sign(self, task: _EndQuote) -> None:
        """The signature behind the words; a line of its own that begins with a dash is one too."""
        said, own = self.lines[task.first :], ()
        if not task.signs and len(said) > 1 and is_signature(said[-1].words):
            own = self.lines.pop().runs
            said = said[:-1]
        if not said or not (task.signs or own):
            self._soon(*(visit for sign in task.signs for visit in (task.visit.to(sign, inner=True), Break.BLOCK)))
            return
        marked = is_marked(said[0].words)
        if not marked:
            self.lines[task.first] = Line((Run("“"), *_stripped(said[0].runs)), said[0].ends)
        self._now = [*_stripped(self.lines.pop().runs, right=True), Run(" — " if marked else "” — ")]
        sign: list[_Task] = [*own]
        for number, element in enumerate(task.signs):
            sign += [Run(", ")] * (number > 0) + [task.visit.to(element, inner=True)]
        self._soon(_Flat(1), *sign, _Flat(-1), _EndSign(len(self._now)), Break.BLOCK)


def _note(kept: list[Left], element: "Element") -> None:
    words = " ".join("".join(_spoken(element)).split())
    if words.count(" ") + 1 >= _WORDS_WORTH_TELLING or any(character.isdecimal() for character in words):
        kept.append(Left(element, words))


def _spoken(element: "Element") -> Iterator[str]:
    """The words in an element, those of scripts and the like left out."""
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        node, tail = waiting.pop()
        if tail:
            yield f" {node.tail or ''}"
        elif local_name(node).lower() not in _SILENT:
            yield f" {node.text or ''}"
            for child in reversed(list(node)):
                waiting += [(child, True), (child, False)]


def _styled(element: "Element", style: re.Pattern[str]) -> bool:
    told = element.get("style")
    return told is not None and style.search(told) is not None


def _height(element: "Element", name: str) -> Height | None:
    if name == "sub":
        return Height.LOWERED
    return Height.RAISED if name == "sup" or (name == "span" and _styled(element, _RAISED_STYLE)) else None


def _said_twice(element: "Element") -> set["Element"]:
    """Children that are only read out, where nothing beside them is only looked at."""
    read_out = {child for child in element if is_for_screen_readers(child)}
    return set() if any(child.get("aria-hidden") == "true" for child in element) else read_out


def _nodes(element: "Element") -> Iterator[tuple["Element", bool, str]]:
    """The nodes of an element that hold words, in order."""
    waiting = [(element, False)]
    while waiting:
        node, tail = waiting.pop()
        if told := (node.tail if tail else node.text):
            yield node, tail, told
        if not tail:
            for child in reversed(list(node)):
                waiting += [(child, True), (child, False)]


def _marked(element: "Element", tasks: list[_Task]) -> list[_Task]:
    """A quotation within a sentence in the marks that a reader sees around it."""
    return tasks if is_marked("".join(element.itertext())) else [Run("“"), *tasks, Run("”")]


def _table(task: _Visit) -> Iterator[_Task]:
    for child in task.element:
        if local_name(child).lower() == "caption":
            yield task.to(child)
    for row in rows_of(task.element):
        if row.is_data:
            yield from (Break.BLOCK, _Flat(1, row=True), *_in_a_line(task, row), _Flat(-1), Break.BLOCK)
        else:
            for cell in row.cells:
                yield from (Break.BLOCK, task.to(cell.element, inner=True, table=True), Break.BLOCK)


def _in_a_line(task: _Visit, row: Row) -> Iterator[_Task]:
    """ "Northbank 17 (dead), 4 (missing)": the name of the row, and each figure with the head of its column."""
    for number, cell in enumerate(row.cells):
        words = " ".join("".join(cell.element.itertext()).split())
        if number == 1 and not row.is_head:
            yield Run(": " if first[-1:].isdecimal() else " ")
        elif number:
            yield Run(", ")
        yield task.to(cell.element, inner=True, table=True)
        if number and cell.head and cell.head.casefold() not in words.casefold():
            yield Run(f" ({cell.head})")
        first = words


def _described(task: _Visit) -> Iterator[_Task]:
    """The terms of a list with what is told of each, where that is short."""
    children = [
        one for child in task.element for one in ([child] if local_name(child).lower() != "div" else list(child))
    ]
    joined_on: set[Element] = set()
    for child, following in zip_longest(children, children[1:]):
        names = [local_name(one).lower() if one is not None else "" for one in (child, following)]
        if child in joined_on:
            continue
        if names == ["dt", "dd"] and _is_short(child, following):
            joined_on.add(following)
            colon = "" if "".join(child.itertext()).rstrip().endswith((":", "：")) else ":"
            term, told = task.to(child, inner=True), task.to(following, inner=True)
            yield from (Break.BLOCK, _Flat(1), term, Run(colon + " "), told, _Flat(-1), Break.BLOCK)
        else:
            yield task.to(child)


def _is_short(term: "Element", told: "Element") -> bool:
    lengths = [len("".join(one.itertext()).strip()) for one in (term, told)]
    return 0 < lengths[0] <= _LONGEST_TERM and 0 < lengths[1] <= _LONGEST_TOLD


def _without_dash(runs: Sequence[Run]) -> list[Run]:
    """A signature without the dash that it begins with."""
    return _stripped(runs, " \t\u00a0—–―‒~-")


def _stripped(runs: Sequence[Run], of: str | None = None, *, right: bool = False) -> list[Run]:
    """Runs without some characters, or white space, at their beginning or at their end."""
    kept = list(runs)
    while kept:
        at = -1 if right else 0
        run = kept.pop(at)
        words = run.text.rstrip(of) if right else run.text.lstrip(of)
        if words:
            moved = run.at if right else run.at + len(run.text) - len(words)
            stripped = Run(words, run.node, run.tail, moved)
            return [*kept, stripped] if right else [stripped, *kept]
    return kept
