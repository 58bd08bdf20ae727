"""Answers as Markdown: each statement with the words that it rests on, to the letter, and the way to them."""

import re
from collections.abc import Iterator

from agent.chat import ChatAnswer, Citation, Question, TurnFailed
from agent.doors.render.look import web_address
from agent.doors.render.markdown import escaped, link_to
from agent.messages import Words, load_words
from agent.text.isolates import isolated

_ISOLATES = re.compile("([\u2066-\u2069])")
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_LONGEST_EXPORT = 100_000


def written(answer: ChatAnswer) -> str:
    words = load_words(answer.language)
    parts: list[str] = []
    for statement in answer.statements:
        parts.append(_lines(statement.text))
        parts += ["\n".join(_cited(citation, words)) for citation in statement.citations]
    for export in answer.exports:
        parts.append(f"**{escaped(export.name)}**")
        if len(export.content) <= _LONGEST_EXPORT:
            parts.append(_fenced(export.content))
        elif answer.run_id:
            ending = export.name.rpartition(".")[2]
            parts.append(f"`/v1/verifications/{answer.run_id}/report.{ending}`")
    return "\n\n".join(parts)


def written_question(question: Question) -> str:
    return _lines(question.text)


def written_failure(failed: TurnFailed) -> str:
    return f"! {_lines(failed.message)}"


def _cited(citation: Citation, words: Words) -> Iterator[str]:
    passage = citation.passage
    yield f"> {isolated(f'«{escaped(citation.quote)}»')}  "
    known = [words("in_article")] if passage.document_id == "article" else []
    known += [isolated(escaped(value)) for value in (passage.outlet, passage.title) if value]
    if passage.published_at:
        known.append(words.date(passage.published_at.date()))
    if web_address(passage.url) and (address := link_to(words("open"), passage.url)):
        known.append(address)
    yield f"> — {' · '.join(known) or words('unknown_outlet')}"


def _lines(text: str) -> str:
    """Our own sentences. What stands in them of others is set apart by isolates, which stay."""
    return "  \n".join("".join(map(_piece, _ISOLATES.split(line))) for line in text.splitlines())


def _piece(text: str) -> str:
    """Spaces at its ends stay: another piece follows."""
    if _ISOLATES.fullmatch(text):
        return text
    found = _EDGES.match(text)
    assert found is not None, "every text fits"
    before, inner, after = found.groups()
    return f"{before}{escaped(inner) if inner else ''}{after}"


def _fenced(content: str) -> str:
    """Between more backticks than stand in it."""
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{content}\n{fence}"
