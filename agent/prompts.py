"""Prompts: text files, rendered in a single pass, untrusted text inside fences that it cannot close."""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from jinja2 import Environment, StrictUndefined, Template, UndefinedError

from agent.bundled import bundled
from agent.config import Settings
from agent.errors import ConfigurationError
from agent.models import Frozen
from agent.storage.secret import load_secret
from agent.text import visible

# What an analyst is asked, and so what a report names; what somebody says to the program, which
# claims it means, and what is searched for.
AnalystPrompt = Literal["extract", "judge"]
PromptName = Literal[AnalystPrompt, "chat", "named", "queries"]
# Said after a prompt: what form the answer has, and what was wrong with it.
RemarkName = Literal["form", "repair"]
_SEPARATOR = "\n=== user ===\n"


class Prompt(Frozen):
    """One call's words. `fingerprint` is of the template, so that a changed prompt is seen in every report."""

    name: str
    system: str
    user: str
    fingerprint: str


class Fence:
    """Wraps text from outside in a tag derived from a secret salt and the text itself.

    The text cannot guess its own tag, so it cannot end the block; the same text always gets the same tag, so that
    provider-side prompt caching and the answer cache keep working. Pieces of one whole get the tag of the whole: what
    they begin with in common is then told in the same characters.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def __call__(self, kind: str, text: str, whole: str | None = None) -> str:
        shown = visible(text)
        derived = shown if whole is None else visible(whole)
        tag = f"{kind}-{hmac.new(self._salt, derived.encode(), sha256).hexdigest()[:12]}"
        return f"<{tag}>\n{shown}\n</{tag}>"


def load_fence(settings: Settings) -> Fence:
    """The fence of this installation; raises `StoreError`.

    One for all machines that share a database: it is part of what answers are kept under.
    """
    return Fence(load_secret(settings, "salt"))


def render(name: PromptName, values: Mapping[str, str]) -> Prompt:
    """Fills a prompt; a variable that the template wants and `values` lacks raises `ConfigurationError`."""
    system, separator, _ = _template(name).partition(_SEPARATOR)
    if not separator:
        raise ConfigurationError(f"prompts/{name}.txt has no line '=== user ==='")
    return Prompt(name=name, system=system.strip(), user=_filled(name, values), fingerprint=fingerprint(name))


def remark(name: RemarkName, values: Mapping[str, str]) -> str:
    """Fills a text that is said after a prompt."""
    return _filled(name, values)


def _filled(name: PromptName | RemarkName, values: Mapping[str, str]) -> str:
    try:
        return _compiled(name).render(values).strip()
    except UndefinedError as err:
        raise ConfigurationError(f"prompts/{name}.txt wants a variable it is not given: {err}") from err


def fingerprint(name: PromptName | RemarkName) -> str:
    return "sha256:" + sha256(_template(name).encode()).hexdigest()


@lru_cache(maxsize=8)
def _template(name: PromptName | RemarkName) -> str:
    try:
        return (bundled("prompts") / f"{name}.txt").read_text(encoding="utf-8")
    except FileNotFoundError as err:
        raise ConfigurationError(f"the prompt file prompts/{name}.txt is missing; reinstall isnad") from err


@lru_cache(maxsize=8)
def _compiled(name: PromptName | RemarkName) -> Template:
    # Values are text for a model, not markup: escaping them would change the quotes we ask back.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)
    return environment.from_string(_template(name).rpartition(_SEPARATOR)[2])
