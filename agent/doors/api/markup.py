"""The HTML of a block as a tree, every word of which knows its place in the text content."""

from collections import defaultdict
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What a start tag ends when it was left open, as browsers have it.
_ENDED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "p": ("p",),
}
# Deeper ones stand beside each other, as browsers have it too.
_DEEPEST = 512


class TextContent(HTMLParser):
    """`starts` is where the words of a node begin, by the element and whether they stand behind it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self.starts: dict[tuple[Element, bool], int] = {}
        self._words: dict[tuple[Element, bool], list[str]] = defaultdict(list)
        self._open = [self.root]
        self._at = 0
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()

    # What is begun and never ended reaches to the end, as browsers have it. The parser of the standard library takes
    # such a beginning for text and looks for its end again after every character of it: minutes for a hostile block.
    def parse_starttag(self, i: int) -> int:
        return self._or_rest(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        return self._or_rest(super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._or_rest(super().parse_comment(i, report))

    def parse_pi(self, i: int) -> int:
        return self._or_rest(super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        return self._or_rest(super().parse_html_declaration(i))

    def _or_rest(self, end: int) -> int:
        return end if end >= 0 else len(self.rawdata)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for ended in _ENDED_BY.get(tag, ()):
            if self._open[-1].tag == ended:
                self._open.pop()
        element = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        node, tail = (parent[-1], True) if len(parent) else (parent, False)
        self.starts.setdefault((node, tail), self._at)
        self._words[node, tail].append(data)
        self._at += len(data)

    def close(self) -> None:
        super().close()
        for (node, tail), words in self._words.items():
            if tail:
                node.tail = "".join(words)
            else:
                node.text = "".join(words)
