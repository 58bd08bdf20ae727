"""An answer as it arrives, event by event."""

import json
import re
from collections.abc import Iterable

from pydantic_core import from_json

from agent.llm.address import EndpointAddress
from agent.llm.complaint import Complaint, complaint_in, complaint_of
from agent.llm.ending import FinishReason, ending_of
from agent.llm.faults import AttemptFailed, fault_in_body, not_an_endpoint
from agent.llm.structured import Json
from agent.llm.wire import Call, MessageDelta, WireChoice, WireUsage, choices_in, usage_in
from agent.models import FailureReason

_SURROGATE = re.compile("[\ud800-\udfff]")
_ALL_IS_WELL = frozenset({"0", "200", "ok", "success"})


class Completion:
    """What was said, and where. `ending` stays None when the endpoint never said that it was done."""

    def __init__(self, address: EndpointAddress) -> None:
        self._address = address
        self._words: list[MessageDelta] = []
        self._calls: list[list[str]] = []
        self._numbers: list[int | None] = []
        self._number: str | None = None
        self.ending: FinishReason | None = None
        self.done = False
        self.chosen = False
        self.usage = WireUsage()
        self.strange = ""

    @property
    def text(self) -> str:
        return _paired("".join(words.content for words in self._words))

    @property
    def refusal(self) -> str:
        return "".join(words.refusal for words in self._words)

    @property
    def reasoning(self) -> str:
        return _paired("".join(words.reasoning for words in self._words))

    @property
    def called(self) -> str:
        """The arguments of the functions that were called, one after another."""
        return _paired("\n".join("".join(pieces) for pieces in self._calls))

    @property
    def fields(self) -> tuple[str, ...]:
        """Where the words went, in the endpoint's own names."""
        fields = dict.fromkeys(
            name for words in self._words for name in (words.reasoning_field, *words.others) if name
        )
        return tuple(fields)

    def take(self, data: bytes, *, failed: bool = False) -> None:
        """Add one event; `failed` where it is said to be an error. Raises `AttemptFailed` when it is one, or no
        event."""
        try:
            event = _event(data)
        except ValueError as err:
            raise self.unlike(_decoded(data), failed=failed) from err
        if failed or _tells_error(event):
            result = complaint_in(event)
            raise fault_in_body(result if result.words else Complaint(_decoded(data), result.codes), self._address)
        for one in event if isinstance(event, list) else (event,):
            if isinstance(one, dict):
                self._add(one)
        if not self.chosen:
            self.note(data)

    def _add(self, event: dict[str, Json]) -> None:
        if event.get("usage"):
            self.usage = self.usage.then(usage_in(event))
        for choice in choices_in(event):
            self._hear(choice)

    def note(self, data: bytes) -> None:
        """Something that is not understood: shown where nothing else comes."""
        self.strange = self.strange or self._address.shown(_decoded(data))

    def unlike(self, text: str, *, failed: bool = False) -> AttemptFailed:
        """The fault of an endpoint that says something else than an answer."""
        if failed:
            return fault_in_body(complaint_of(text), self._address)
        if text.lstrip()[:5].lower() in ("<html", "<!doc"):
            return not_an_endpoint(self._address)
        if not text:
            message = f"{self._address} ended its answer before it began."
        else:
            message = f"{self._address} sent what is no chat completion: {self._address.shown(text)}."
        if not self.chosen:
            message += f" Is {self._address.url_setting} the address of an OpenAI-compatible endpoint?"
        return AttemptFailed(FailureReason.SERVER_ERROR, message, again=True)

    def _hear(self, choice: WireChoice) -> None:
        if self._number is None:
            self._number = choice.number
        if choice.number != self._number:
            # One answer was asked for: the words of a second one would run into those of the first.
            return
        if choice.error:
            raise fault_in_body(complaint_in({"error": choice.error}), self._address)
        self.chosen = True
        self._words.append(choice.words)
        self._join(choice.words.calls)
        if choice.finish is None:
            return
        self.ending = ending_of(choice.finish)
        if self.ending is FinishReason.FAILED:
            raise fault_in_body(Complaint(f"it ended with {choice.finish!r}"), self._address)

    def _join(self, calls: Iterable[Call]) -> None:
        """Pieces of one call bear its number, or none."""
        for call in calls:
            if not self._calls or (call.number is not None and call.number != self._numbers[-1]):
                self._calls.append([])
                self._numbers.append(call.number)
            self._calls[-1].append(call.arguments)


def _event(data: bytes) -> Json:
    """Raises `ValueError`."""
    try:
        parsed: Json = from_json(data)
    except ValueError:
        # The quicker reader refuses half a surrogate pair, and some servers cut their pieces in the middle of one.
        try:
            parsed = json.loads(data)
        except RecursionError as err:
            raise ValueError("nested too deeply") from err
    return parsed


def _paired(text: str) -> str:
    """With the halves of surrogate pairs put together that came in two events."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _tells_error(event: Json) -> bool:
    """Whether an event is an error, with an `error` in it or without."""
    if isinstance(event, list):
        return any(isinstance(one, dict) and bool(one.get("error")) for one in event)
    if not isinstance(event, dict):
        return isinstance(event, str)
    if event.get("error") or "error" in (event.get("object"), event.get("type")):
        return True
    if event.get("choices") or event.get("usage"):
        return False
    if any(str(event.get(name)).lower() in _ALL_IS_WELL for name in ("code", "status")):
        return False
    complaint = complaint_in(event)
    return bool(complaint.words or complaint.status)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
