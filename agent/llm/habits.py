"""What an endpoint accepts, found once by asking for the best and remembered.

Endpoints that call themselves compatible differ in how an answer's form can be asked for and in the parameters
that they know. Each is asked for the most first; what it refuses by name is left out from then on.
"""

import contextlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter, ValidationError

from agent.models import Frozen

Mode = Literal["schema", "json", "text"]
Parameter = Literal["stream_options", "temperature", "max_completion_tokens", "max_tokens", "encoding_format"]

_MODES: tuple[Mode, ...] = get_args(Mode)
_PARAMETERS: tuple[Parameter, ...] = get_args(Parameter)
# Endpoints get better: after this long the best is asked for again.
_FORGOTTEN_AFTER_SECONDS = 30 * 24 * 3600
# So many answers without the asked form, and none with it, say that the endpoint takes a schema and ignores it.
_IGNORED_AFTER = 2
_ABOUT_FORM = re.compile(
    r"schema|response[_ ]?(format|mime)|json[_ ]?(object|mode|output)|structured.?(output|decod|generat)|guided|"
    r"grammar|constrained|\$defs|\$ref|additional_?properties|too many states|requested parameters"
)
_ABOUT_BATCH = re.compile(r"batch|too many (inputs|texts)|input.{0,40}(array|list).{0,40}(size|length|long)")


class EndpointCapabilities(Frozen):
    """What one endpoint and model are known to accept."""

    mode: Mode = "schema"
    without: frozenset[Parameter] = frozenset()
    batch: int = 256
    learned_at: float = 0.0

    def after(self, refusal: str, sent: Collection[str]) -> "EndpointCapabilities | None":
        """What to try after a refusal in these words (lower case); None when it names nothing that we sent."""
        for parameter in _PARAMETERS:
            if parameter in refusal and parameter in sent:
                return self.model_copy(update={"without": self.without | {parameter}})
        if mentions_form(refusal) and self.mode != _MODES[-1]:
            return self.weaker()
        return None

    def weaker(self) -> "EndpointCapabilities":
        return self.model_copy(update={"mode": _MODES[min(_MODES.index(self.mode) + 1, len(_MODES) - 1)]})

    def joined(self, other: "EndpointCapabilities") -> "EndpointCapabilities":
        """What both know: calls in flight learn side by side, and none may unlearn what another found."""
        return EndpointCapabilities(
            mode=max(self.mode, other.mode, key=_MODES.index),
            without=self.without | other.without,
            batch=min(self.batch, other.batch),
            learned_at=max(self.learned_at, other.learned_at),
        )


_FILE = TypeAdapter(dict[str, EndpointCapabilities])


def mentions_form(refusal: str) -> bool:
    return bool(_ABOUT_FORM.search(refusal))


class CapabilitiesFile:
    """The habits of every endpoint that was met, in one small file. A damaged or absent one is an empty one."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock

    def load(self, name: str) -> EndpointCapabilities:
        habits = self._read().get(name, EndpointCapabilities())
        return habits if habits.learned_at > self._clock() - _FORGOTTEN_AFTER_SECONDS else EndpointCapabilities()

    def learn(self, name: str, habits: EndpointCapabilities) -> None:
        known = self._read()
        known[name] = habits.model_copy(update={"learned_at": self._clock()})
        # What is learned saves a refused call per run. A directory that cannot be written costs just that.
        with contextlib.suppress(OSError):
            self._write(known)

    def _read(self) -> dict[str, EndpointCapabilities]:
        try:
            return _FILE.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return {}

    def _write(self, known: dict[str, EndpointCapabilities]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_FILE.dump_python(known, mode="json"), file, indent=1)
            os.replace(temporary, self._path)
        except OSError:
            os.unlink(temporary)
            raise


class KnownCapabilities:
    """One endpoint's habits as they are known now, shared by all calls in flight."""

    def __init__(self, file: CapabilitiesFile, name: str, forced: Mode | None = None) -> None:
        self._file = file
        self._name = name
        self._forced = forced
        self._found = file.load(name)
        self._proven = False
        self._formless = 0
        self._accepted: set[tuple[Mode, str]] = set()

    @property
    def habits(self) -> EndpointCapabilities:
        return self._found.model_copy(update={"mode": self._forced}) if self._forced else self._found

    def adapted(self, used: EndpointCapabilities, refusal: str, sent: Collection[str]) -> bool:
        """Whether a refusal taught us another way to ask; `used` and `sent` are what was refused."""
        found = used.after(refusal.lower(), sent)
        if found is None or (self._forced and found.mode != used.mode):
            return False
        # The mode may have been tried on a guess; only a refusal of the form says something of it.
        self._learn(found if found.mode != used.mode else found.model_copy(update={"mode": self.habits.mode}))
        return True

    def may_doubt(self, used: EndpointCapabilities, form: str) -> bool:
        """Whether a refusal without a reason may be one of this form, which nobody has seen accepted yet."""
        return not self._forced and used.mode != _MODES[-1] and (used.mode, form) not in self._accepted

    def accepted(self, used: EndpointCapabilities, form: str) -> None:
        """Note how a question with this form was accepted."""
        self._accepted.add((used.mode, form))
        if used.mode != self.habits.mode and not self._forced:
            self._learn(used)

    def halved(self, count: int, refusal: str) -> bool:
        """Whether a refusal was about the number of texts in one call; fewer are sent from then on."""
        if count < 2 or not _ABOUT_BATCH.search(refusal.lower()):
            return False
        self._learn(self.habits.model_copy(update={"batch": count // 2}))
        return True

    def answered(self, *, well: bool) -> None:
        """Note whether an answer had the form that was asked for.

        An endpoint may take a schema and ignore it. Where that is all that was ever seen of it, the schema goes
        into the prompt instead.
        """
        self._proven = self._proven or well
        self._formless += not well
        if not self._proven and self._formless >= _IGNORED_AFTER and not self._forced:
            self._learn(self.habits.model_copy(update={"mode": "text"}))

    def _learn(self, found: EndpointCapabilities) -> None:
        # A forced mode is the reader's choice, not the endpoint's habit.
        mode = self._found.mode if self._forced else found.mode
        self._found = self._found.joined(found.model_copy(update={"mode": mode}))
        self._file.learn(self._name, self._found)
