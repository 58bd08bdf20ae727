"""A tree of markup read as lines: what its reader sees, in order, each word with its place in the tree.

Whatever comes as markup is read here, so that a list, a table or a quotation is the same in a page, a feed, an
agency's item and the blocks of an editor.
"""

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agent.coverage.intake.elements import (
    SILENT,
    are_two_words,
    breaks_unread,
    flows_within,
    height_of,
    is_block,
    is_shown_as_block,
    is_struck,
    nodes_of,
    said_twice,
    spoken,
    stamp_of,
)
from agent.coverage.intake.hidden import is_hidden
from agent.coverage.intake.lines import Break, Lines, MarkupLine, OmittedElement, Run, stripped
from agent.coverage.intake.quoted import is_marked, is_quote, is_signature, signs_behind, signs_of
from agent.coverage.intake.raised import (
    LONGEST_BEFORE,
    Height,
    is_note_mark,
    is_way_back,
    marks_in,
    names_note,
    shown,
)
from agent.coverage.intake.safe_xml import local_name
from agent.coverage.intake.steps import (
    ElementVisit,
    EndQuote,
    EndSign,
    Flat,
    NodeWords,
    Preformatted,
    Step,
    steps_of_table,
    steps_of_terms,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES = re.compile(r"[^\S ]")
_NAMING = ("class", "role", "{http://www.idpf.org/2007/ops}type", "epub:type")
_DASHES = " \t\u00a0—–―‒~-"
_LONGEST_MARK = 24
# What lies deeper is read as plain blocks: looking into everything at every depth would be a square.
_DEEPEST = 250
_MOST_TABLES = 6
_WORDS_WORTH_TELLING = 3


def read_lines(root: "Element", *, breaks: bool = False, but: frozenset[str] = frozenset()) -> Lines:
    """The lines under an element. `breaks`: line ends of the source are line ends, as in unfinished posts. What is
    called by one of the names `but` is passed over."""
    reader = _StepReader(breaks=breaks, but=but)
    reader.read(root)
    return Lines(tuple(reader.lines), tuple(reader.unseen), tuple(reader.struck))


@dataclass
class _StepReader:
    """Takes one step after another; what a step finds is to be done next goes in front of all others."""

    breaks: bool
    but: frozenset[str]
    lines: list[MarkupLine] = field(default_factory=list)
    unseen: list[OmittedElement] = field(default_factory=list)
    struck: list[OmittedElement] = field(default_factory=list)
    _now: list[Run] = field(default_factory=list)
    _flat: int = 0
    _row: bool = False
    _preformatted: int = 0
    _waiting: list[Step] = field(default_factory=list)
    _passed_over: set["Element"] = field(default_factory=set)
    _signed_behind: dict["Element", "Element"] = field(default_factory=dict)

    def read(self, root: "Element") -> None:
        self._waiting = [Break.BLOCK, ElementVisit(root, inner=True)]
        while self._waiting:
            self._take(self._waiting.pop())

    def _take(self, step: Step) -> None:
        if isinstance(step, NodeWords):
            self._text(step)
        elif isinstance(step, ElementVisit):
            self._visit(step)
        elif isinstance(step, Break):
            self._break(step)
        elif isinstance(step, Run):
            self._now.append(step)
        elif isinstance(step, Flat):
            self._flat += step.by
            self._row = self._row or step.row
        elif isinstance(step, Preformatted):
            self._preformatted += step.by
        elif isinstance(step, EndQuote):
            self._sign(step)
        else:
            self._now[step.first :] = stripped(self._now[step.first :], _DASHES)

    def _soon(self, *steps: Step) -> None:
        self._waiting += reversed(steps)

    def _visit(self, visit: ElementVisit) -> None:
        element, name = visit.element, local_name(visit.element).lower()
        if visit.inner:
            self._soon(*self._within(visit))
        elif not name or name in SILENT or name in self.but or element in self._passed_over:
            self._pass(visit, name)
        elif visit.depth > _DEEPEST:
            self._enter(visit, name)
        elif is_hidden(element):
            _keep(self.unseen, element)
            self._pass(visit, name)
        elif is_struck(element, name):
            _keep(self.struck, element)
        elif self._is_mark(element, name):
            return
        elif height := height_of(element, name):
            self._raised(visit, height)
        else:
            self._enter(visit, name)

    def _pass(self, visit: ElementVisit, name: str) -> None:
        if breaks_unread(name, flows=visit.flows):
            self._break(Break.BLOCK)

    def _enter(self, visit: ElementVisit, name: str) -> None:
        special = visit.depth <= _DEEPEST
        if name == "br":
            self._break(Break.LINE)
        elif name == "q" and not is_marked("".join(visit.element.itertext())):
            self._soon(Run("“"), *self._within(visit), Run("”"))
        elif name == "time" and (stamp := stamp_of(visit.element)) and not spoken(visit.element):
            # Its words are put there by a script of the page.
            self._now.append(Run(stamp, visit.element))
        elif not is_block(name, flows=visit.flows) and not is_shown_as_block(visit.element):
            self._soon(*self._within(visit))
        elif special and name == "table" and visit.tables < _MOST_TABLES:
            self._soon(Break.BLOCK, *steps_of_table(visit), Break.BLOCK)
        elif special and not visit.quoted and is_quote(visit.element, name):
            self._quote(visit)
        elif name == "dl":
            self._soon(Break.BLOCK, *steps_of_terms(visit), Break.BLOCK)
        elif name == "pre":
            self._soon(Break.BLOCK, Preformatted(1), *self._within(visit), Break.BLOCK, Preformatted(-1))
        else:
            self._soon(Break.BLOCK, *self._within(visit), Break.BLOCK)

    def _within(self, visit: ElementVisit) -> list[Step]:
        """What is to be done for all that is in an element."""
        element = visit.element
        children = list(element)
        flows = flows_within(element, local_name(element).lower(), children, flows=visit.flows)
        twice = said_twice(children)
        steps: list[Step] = [NodeWords(element, tail=False)]
        before: Element | None = None
        for child in children:
            if before is not None and signs_behind(before, child):
                self._signed_behind[before] = child
            if child not in twice:
                steps += [Run(" ")] * are_two_words(element, before, child)
                steps.append(visit.to(child, flows=flows))
            steps.append(NodeWords(child, tail=True))
            before = child
        return steps

    def _text(self, step: NodeWords) -> None:
        tail = (step.element.tail if step.tail else step.element.text) or ""
        if not (self.breaks or self._preformatted) or self._flat:
            self._put(_SPACES.sub(" ", tail), step, 0)
            return
        at = 0
        for number, line in enumerate(tail.split("\n")):
            if number:
                self._break(Break.LINE)
            self._put(_SPACES.sub(" ", line), step, at)
            at += len(line) + 1

    def _put(self, words: str, step: NodeWords, at: int) -> None:
        begin = 0
        for start, end in [*marks_in(words, self._before()), (len(words), len(words))]:
            if start > begin:
                self._now.append(Run(words[begin:start], step.element, step.tail, at + begin))
            begin = end

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
        elif any(run.text and not run.text.isspace() for run in self._now):
            self.lines.append(MarkupLine(tuple(self._now), ends, is_row=self._row))
            self._now, self._row = [], False
        else:
            self._now, self._row = [], False
            if self.lines and self.lines[-1].ends is Break.LINE:
                self.lines[-1] = replace(self.lines[-1], ends=Break.BLOCK)

    def _is_mark(self, element: "Element", name: str) -> bool:
        named = bool(element.attrib) and names_note(" ".join(filter(None, map(element.get, _NAMING))))
        raised = height_of(element, name) is not None
        link = name == "a" and (element.get("href") or "").startswith("#")
        if not (named or raised or link):
            return False
        words, before = "".join(element.itertext()), self._before()
        if len(words) > _LONGEST_MARK:
            return False
        if is_way_back(words) and link:
            return True
        if not named and not raised and next(element.iter("sup"), None) is None and before[-1:].isspace():
            return False
        linked = link or next(element.iter("a"), None) is not None
        return is_note_mark(words, before, (element.tail or "")[:1], linked=linked, named=named)

    def _raised(self, visit: ElementVisit, height: Height) -> None:
        element = visit.element
        words, before, after = "".join(element.itertext()), self._before(), (element.tail or "")[:1]
        if len(words) <= _LONGEST_MARK and shown(words, before, after, height) != words:
            self._now += [
                Run(shown(value, before, after, height), node, tail) for node, tail, value in nodes_of(element)
            ]
            return
        if before[-1:].isdecimal() and words.strip().isdecimal():
            self._now.append(Run(" "))
        self._soon(*self._within(visit))

    def _quote(self, visit: ElementVisit) -> None:
        self._break(Break.BLOCK)
        signs = tuple(signs_of(visit.element))
        if not signs and (behind := self._signed_behind.get(visit.element)) is not None:
            signs = (behind,)
        self._passed_over.update(signs)
        quoted = visit.into(visit.element, quoted=True)
        self._soon(quoted, Break.BLOCK, EndQuote(len(self.lines), signs, quoted))

    def _sign(self, step: EndQuote) -> None:
        """The signature behind the words; a line of its own that begins with a dash is one too."""
        said = self.lines[step.first :]
        sign: list[Step] = []
        for number, element in enumerate(step.signs):
            sign += [Run(", ")] * (number > 0) + [step.visit.into(element)]
        if not sign and len(said) > 1 and is_signature(said[-1].words):
            sign += self.lines.pop().runs
            said.pop()
        if not said or not sign:
            self._soon(*sign, Break.BLOCK)
            return
        marked = is_marked(said[0].words)
        if not marked:
            self.lines[step.first] = replace(said[0], runs=(Run("“"), *stripped(said[0].runs)))
        self._now = [*stripped(self.lines.pop().runs, right=True), Run(" — " if marked else "” — ")]
        self._soon(Flat(1), *sign, Flat(-1), EndSign(len(self._now)), Break.BLOCK)


def _keep(kept: list[OmittedElement], element: "Element") -> None:
    """Notes what is not read, where it says something."""
    words = spoken(element)
    if words.count(" ") + 1 >= _WORDS_WORTH_TELLING or any(character.isdecimal() for character in words):
        kept.append(OmittedElement(element, words))
