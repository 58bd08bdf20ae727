"""Lists of published fact-checks that are too long to be read at once: read element by element, in bounded memory."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from agent.coverage.intake.metadata import Item
from agent.coverage.intake.review_feed import items_of_part
from agent.errors import BadInput, InputFault

MOST_OF_AN_ELEMENT = 16_000_000
_READ_AT_ONCE = 65_536
_DEEPEST = 200
# Under which names lists of fact-checks stand: in a feed, in an answer of the API, in a graph.
_LISTS = frozenset({"dataFeedElement", "claims", "@graph"})
_LOOKED_AT = 1000
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_MARK = b"\xef\xbb\xbf"
_OTHERWISE = "of JSON larger than 50 MB only lists of fact-checks are read: write it one object a line (.jsonl)"


def read_long_list(path: Path) -> Iterator[Item]:
    """A record for each review of a file of JSON, and why others were refused. Raises `BadInput` for what is no list
    of them, is no JSON, or has an element that is too long; what was given before it stands."""
    value = 0
    with path.open("rb") as file:
        for number, element in enumerate(elements_of(file), 1):
            for item in items_of_part(element, str(path), None):
                value += 1
                yield item
            if number == _LOOKED_AT and not value:
                raise BadInput(
                    f"there is no fact-check among its first {_LOOKED_AT:,} elements; {_OTHERWISE}",
                    InputFault.NO_FACT_CHECK,
                )
    if not value:
        raise BadInput(f"there is no fact-check in it; {_OTHERWISE}", InputFault.NO_FACT_CHECK)


def before_break(data: bytes, path: Path) -> Iterator[Item]:
    """What the reviews of a broken list of them tell, up to where it breaks."""
    try:
        for element in elements_of(BytesIO(data)):
            yield from items_of_part(element, str(path), None)
    except BadInput:
        return


def elements_of(file: BinaryIO) -> Iterator[object]:
    """The elements of the lists in a file of JSON that may hold fact-checks: those under names that such lists have,
    or those of the whole. Raises `BadInput`."""
    import ijson  # type: ignore[import-untyped]  # it ships no types

    guarded = _Guarded(file)
    builder = _ElementBuilder()
    try:
        for event, value in ijson.basic_parse(guarded, buf_size=_READ_AT_ONCE, use_float=True):
            element = builder.take(event, value)
            if element is not _NOTHING:
                guarded.read_since = 0
                yield element
    except (ijson.JSONError, UnicodeDecodeError, OverflowError) as err:
        raise BadInput(f"not usable JSON: {_first_line(err)}", InputFault.NOT_JSON) from err


def _first_line(err: Exception) -> str:
    """What is wrong, without the bytes around it: the parser shows them as they are."""
    value = err.args[0] if err.args else ""
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(err)
    return value.partition("\n")[0][:200]


class _Nothing:
    """In place of an element that is not whole yet."""


_NOTHING = _Nothing()


class _Guarded:
    """A file that is read no further when too much of it has come without an element."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.read_since = 0
        first = file.read(len(_MARK))
        if first[:2] in _OTHER_ENCODINGS:
            raise BadInput("it is UTF-16: save it as UTF-8", InputFault.NOT_TEXT)
        file.seek(len(_MARK) if first == _MARK else 0)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.read_since += len(data)
        if self.read_since > MOST_OF_AN_ELEMENT:
            raise BadInput(
                f"an element of it is longer than {MOST_OF_AN_ELEMENT // 1_000_000} MB", InputFault.FILE_TOO_LARGE
            )
        return data


class _ElementBuilder:
    """Puts the elements of wanted lists together, and passes over everything else."""

    def __init__(self) -> None:
        # What is open, outermost first: in an element the values themselves, outside of it only their kinds.
        self._outside: list[str] = []
        self._name: str | None = None
        self._inside: list[dict[str, object] | list[object]] = []
        self._names: list[str] = []

    def take(self, event: str, value: object) -> object:
        """The element that ends with this event; `_NOTHING` where none does."""
        if self._inside:
            return self._within(event, value)
        if event == "start_map" and self._outside and self._outside[-1] == "wanted":
            self._inside.append({})
        elif event in ("start_map", "start_array"):
            if len(self._outside) >= _DEEPEST:
                raise BadInput(f"it is nested deeper than {_DEEPEST} levels", InputFault.NOT_JSON)
            wanted = event == "start_array" and self._is_wanted()
            self._outside.append("wanted" if wanted else event)
            self._name = None
        elif event in ("end_map", "end_array"):
            self._outside.pop()
        elif event == "map_key":
            self._name = str(value)
        return _NOTHING

    def _is_wanted(self) -> bool:
        if not self._outside:
            return True
        return self._outside == ["start_map"] and self._name in _LISTS

    def _within(self, event: str, value: object) -> object:
        if event == "map_key":
            self._names.append(str(value))
        elif event in ("start_map", "start_array"):
            if len(self._inside) >= _DEEPEST:
                raise BadInput(f"an element of it is nested deeper than {_DEEPEST} levels", InputFault.NOT_JSON)
            self._inside.append({} if event == "start_map" else [])
        elif event in ("end_map", "end_array"):
            whole = self._inside.pop()
            if not self._inside:
                return whole
            self._put(whole)
        else:
            self._put(value)
        return _NOTHING

    def _put(self, value: object) -> None:
        around = self._inside[-1]
        if isinstance(around, dict):
            around[self._names.pop()] = value
        else:
            around.append(value)
