"""Which of a model's words are the answer that was asked for."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from agent.llm.completion import Completion
from agent.llm.exchange import T
from agent.llm.final import JsonObject, Objects, TooTangled, apart, find_objects, unfenced
from agent.llm.structured import Json

_SHOWN_ERRORS = 5
_FAR = 1_000
_DRAFT = re.compile("draft|think|thought|reason|scratch|example|properties", re.IGNORECASE)
_ONLY_THOUGHTS = "it holds only thoughts; the answer has to stand behind them"


class Malformed(Exception):
    """The answer cannot be used; the text says why, in words that a model can act on.

    `form`: it is not JSON of the asked form at all, rather than a wrong value in the right form.
    """

    def __init__(self, problem: str, *, form: bool = True) -> None:
        super().__init__(problem)
        self.form = form


class Wordless(Exception):
    """There is no answer at all; the text says where the words went, if there were any."""


@dataclass(frozen=True)
class Reader(Generic[T]):
    """`accept` may raise `ValueError` on a value that has the right form and cannot be right."""

    answer: type[T]
    accept: Callable[[T], None] | None = None

    def of_text(self, text: str) -> T:
        """Raises `Malformed`."""
        return self._accepted(parse(text, self.answer))

    def of_completion(self, completion: Completion) -> T:
        """The answer wherever it stands. Raises `Malformed` and `Wordless`."""
        if completion.text.strip():
            return self._accepted(self._said(completion))
        if completion.called:
            return self.of_text(completion.called)
        return self._accepted(self._thought(completion))

    def is_whole(self, completion: Completion) -> bool:
        """Whether an answer that was never said to be over is all there."""
        text = unfenced(completion.text)
        try:
            parse(completion.text, self.answer) if completion.done else self.answer.model_validate_json(text)
        except (Malformed, ValueError):
            return False
        return True

    def _said(self, completion: Completion) -> T:
        """Some models talk before they call what they take for a function."""
        try:
            return parse(completion.text, self.answer)
        except Malformed:
            if not completion.called:
                raise
        return parse(completion.called, self.answer)

    def _thought(self, completion: Completion) -> T:
        """Thoughts that are the answer and nothing else: the endpoint has put it into the wrong field."""
        try:
            return _alone(completion.reasoning, self.answer)
        except Malformed as bad:
            raise Wordless(_where(completion)) from bad

    def _accepted(self, value: T) -> T:
        try:
            if self.accept is not None:
                self.accept(value)
        except ValueError as err:
            raise Malformed(str(err), form=False) from err
        return value


def parse(text: str, answer: type[T]) -> T:
    """The answer that stands last and whole in a model's words: bare, in a code fence, behind thoughts, after drafts
    or within talk. Raises `Malformed`."""
    try:
        return answer.model_validate_json(text)
    except ValidationError:
        pass
    try:
        if (inner := _unquoted(text)) is not None:
            return parse(inner, answer)
        spoken = apart(text)
        if not spoken.said and spoken.thought:
            return _alone(spoken.thought, answer)
        return _last(spoken.said, find_objects(spoken.said), answer)
    except TooTangled as err:
        raise Malformed("it holds more broken JSON than can be read") from err


def is_cut(text: str) -> bool:
    """Whether an answer is a JSON object that ends in its midst."""
    return text.lstrip().startswith("{") and _is_json(text, partly=True) and not _is_json(text)


def _is_json(text: str, *, partly: bool = False) -> bool:
    try:
        from_json(text, allow_partial="trailing-strings" if partly else False)
    except (ValueError, TypeError):  # half a character is taken for no text at all
        return False
    return True


def said_in(text: str) -> str:
    """What a model meant to say, without its thoughts."""
    try:
        return apart(text).said
    except TooTangled:
        return text


def _alone(text: str, answer: type[T]) -> T:
    """The answer where thoughts are that and nothing else: what is drafted on the way is none."""
    spoken = apart(text)
    try:
        return answer.model_validate_json(unfenced(spoken.said or spoken.thought))
    except ValidationError as err:
        raise Malformed(_ONLY_THOUGHTS) from err


def _last(said: str, objects: Objects, answer: type[T]) -> T:
    names = _names(answer)
    asked = [found for found in objects.found if not names.isdisjoint(found.value)]
    broken = [at for at in _openings(said, names) if not objects.cover(at)]
    if asked and not _is_piece(said, asked[-1].end, broken):
        return _validated(_strictly(said, asked[-1]), answer)
    if not asked and (called := list(_called(objects))):
        return _validated(called[-1], answer)
    if not (asked or broken) and (wrapped := _wrapped(objects, names)) is not None:
        return _validated(json.dumps(wrapped), answer)
    return _validated(said[broken[-1] :] if broken else unfenced(said), answer)


def _strictly(said: str, found: JsonObject) -> str:
    """The object as JSON has it: models that copy a quote over two lines leave the line's end in it as it is."""
    text = said[found.start : found.end]
    return text if _is_json(text) else json.dumps(found.value)


def _names(answer: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in answer.model_fields.items())


def _openings(said: str, names: frozenset[str]) -> Iterator[int]:
    """Where an object of the asked form begins, well or badly written."""
    wanted = "|".join(map(re.escape, names))
    return (found.start() for found in re.finditer(rf"""\{{\s*["'](?:{wanted})["']\s*:""", said))


def _is_piece(said: str, end: int, broken: Sequence[int]) -> bool:
    """Whether what ends here stands within a broken object, or before one that was begun: it is not the last word."""
    if any(at >= end for at in broken):
        return True
    return bool(broken) and said[end : end + _FAR].lstrip().startswith((",", "]", "}", '"', "'"))


def _unquoted(text: str) -> str | None:
    """What stands in a text that is one JSON string: answers are written as JSON twice over at times."""
    if not text.lstrip().startswith('"'):
        return None
    try:
        inner: object = json.loads(text)
    except ValueError:
        return None
    return inner if isinstance(inner, str) else None


def _called(objects: Objects) -> Iterator[str]:
    """What stands in the text as the call of a function that nobody offered."""
    for found in objects.found:
        function = found.value.get("function", found.value)
        arguments = function.get("arguments", function.get("parameters")) if isinstance(function, dict) else None
        if isinstance(arguments, dict):
            yield json.dumps(arguments)
        elif isinstance(arguments, str):
            yield arguments


def _wrapped(objects: Objects, names: frozenset[str]) -> dict[str, Json] | None:
    """The answer under the name of its form, or of anything else that is no draft, and nothing beside it."""
    if len(objects.found) != 1 or len(objects.found[0].value) != 1:
        return None
    ((name, inner),) = objects.found[0].value.items()
    if _DRAFT.search(name) or not isinstance(inner, dict) or names.isdisjoint(inner):
        return None
    return inner


def _validated(text: str, answer: type[T]) -> T:
    try:
        return answer.model_validate_json(text)
    except ValidationError as err:
        raise Malformed(_explained(err)) from err


def _explained(err: ValidationError) -> str:
    problems = [f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in err.errors(include_url=False)]
    more = len(problems) - _SHOWN_ERRORS
    return "; ".join(problems[:_SHOWN_ERRORS]) + (f"; and {more} more" if more > 0 else "")


def _where(completion: Completion) -> str:
    """Where the words went."""
    if completion.reasoning.strip():
        return (
            f"answered only in its reasoning (the field {completion.fields[0]!r}) and nothing in `content`: turn off "
            "the endpoint's reasoning parser or the model's thinking, or give it more room for its answer"
        )
    if completion.fields:
        return f"answered nothing in `content`; its message holds only {', '.join(map(repr, completion.fields))}"
    return "answered nothing"
