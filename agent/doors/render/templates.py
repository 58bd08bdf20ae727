"""The templates of pages: every foreign text inert, nothing undefined shown."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from agent.doors.render import look
from agent.doors.render.corrections import corrected
from agent.doors.render.edits import edit_lines
from agent.doors.render.reviews import who_reviewed
from agent.messages import direction_of
from agent.models import Finding, number_of
from agent.text import visible
from agent.text.arrows import Turn
from agent.verify.editing.telling import edited, put_aside
from agent.verify.explain import notes_on, signs_of

if TYPE_CHECKING:
    from jinja2 import Environment

_MOST_DOTS = 12
_IN_ORDER = Markup('<bdi dir="ltr" class="day">{}</bdi>')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _claim_text(finding: Finding) -> Markup:
    """A day in figures stays in one piece and in its order, also between Arabic letters."""
    text = visible(look.claim_text(finding))
    days = [found.span() for found in _DAY.finditer(text)]
    edges = [0, *(edge for day in days for edge in day), len(text)]
    parts = [text[start:end] for start, end in pairwise(edges)]
    return Markup("").join(_IN_ORDER.format(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def build_environment(packages: Sequence[str]) -> "Environment":
    """Templates of these packages, the first that has one; what every page of a report needs is at hand in them."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals.update(
        symbols=look.SYMBOLS,
        label_name=look.label_name,
        why=look.why,
        speaker=look.speaker,
        sorted_evidence=look.sorted_evidence,
        web_address=look.web_address,
        direction_of=direction_of,
        context=look.context_of,
        when_of=look.when_of,
        corrected=corrected,
        edited=edited,
        edit_lines=edit_lines,
        put_aside=put_aside,
        number_of=number_of,
        title_of=look.title_of,
        claim_text=_claim_text,
        copyist=look.copyist,
        who_reviewed=who_reviewed,
        notes_on=notes_on,
        signs_of=signs_of,
        turn_of=Turn.read,
        dots=lambda count: range(min(count, _MOST_DOTS)),
    )
    return environment


def _harmless(value: object) -> object:
    """Every string that a template shows loses its hidden and control characters on the way out."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
