"""Whose words a sentence tells, where it says so: "…, Reuters reported", "told the Bay Sheet", «بحسب رويترز».

A report may have much of its own, and one sentence from an agency: what that sentence tells is the agency's.
"""

import re
from collections.abc import Iterator, Sequence

from agent.coverage.origins.agencies import folded_name, houses
from agent.coverage.origins.attribution import names_in_sentence
from agent.coverage.origins.cited import cites_names, goes_on, names_of_agency, names_of_outlet, only_quoted
from agent.coverage.origins.phrases import patterns
from agent.coverage.origins.roots import Root, agency_root, as_known, outlet_root
from agent.coverage.origins.signatures import agencies_in, signers
from agent.models import ANY_AGENCY

_LONGEST, _LONGEST_BEFORE = 2000, 400
# "To" and "and", which Arabic writes in one with a name.
_JOINED = re.compile(r"(?<!\w)[وف]?(?:لل|ل)(?=[^\W\d_]{4})|(?<!\w)و(?=[^\W\d_]{4})")


def source_told(sentence: str, outlets: Sequence[Root], language: str, before: str = "") -> Root | None:
    """The agencies or the outlet that a sentence names as its source; None where it names none, or tells of a hearing
    of its own as well.

    `outlets` are known by their names; of others it has to say that they are outlets. "The agency said" is whoever is
    named in what stands `before`. Names are for readers of the `language`.
    """
    source = _named(sentence, outlets, language)
    if source is None and before and goes_on(sentence):
        return _named(before[-_LONGEST_BEFORE:], outlets, language)
    return source


def _named(sentence: str, outlets: Sequence[Root], language: str) -> Root | None:
    folded = folded_name(sentence[:_LONGEST])
    if patterns().own.search(folded):
        return None
    if agencies := frozenset(_cited_agencies(folded)):
        return agency_root(agencies, language, credited=True)
    for one in outlets:
        if one.name and cites_names(names_of_outlet(one.name), sentence[:_LONGEST], small=one.name.islower()):
            return one
    for name in names_in_sentence(folded):
        if name.agency is not None:
            return agency_root(frozenset((name.agency,)), language, credited=True)
        if (
            name.evident
            and not only_quoted(name.name, folded)
            and (root := outlet_root(_known_part(name.name), None, language)) is not None
        ):
            return as_known(root.model_copy(update={"credited": True}), outlets)
    return None


def _cited_agencies(folded: str) -> Iterator[str]:
    # "قال لرويترز"
    for match in signers().finditer(_JOINED.sub(_parted, folded)):
        # "Reuters and AFP"
        together = [agency for agency in agencies_in(match[0]) if agency != ANY_AGENCY]
        if any(cites_names(names_of_agency(agency), folded) for agency in together):
            yield from together


def _parted(match: re.Match[str]) -> str:
    return "ال" if match[0].endswith("لل") else ""


def _known_part(name: str) -> str:
    """An outlet that is known, where words of the sentence stand behind it: nothing but capitals ends a name."""
    words = name.split()
    beginnings = (" ".join(words[:end]) for end in range(1, len(words)))
    return next((one for one in beginnings if houses().family_of(one, None) is not None), name)
