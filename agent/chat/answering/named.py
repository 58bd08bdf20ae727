"""What words of a person name in a report: claims, speakers, outlets. Whoever is not named by most of them is not."""

import re
from collections.abc import Iterable, Sequence, Set

from rapidfuzz.distance import OSA

from agent.analyst.lexical.stems import stem
from agent.chat.answering.countries import country_of
from agent.chat.answering.roles import role_of
from agent.chat.understanding.words import MessageWord, words_of
from agent.coverage.search.names import names_in
from agent.models import Finding, Report, number_of

_ARABIC = re.compile("[\u0600-\u06ff]")
# Persian letters that Arabic has not, as Arabic writes their names.
_AS_ARABIC = str.maketrans({"پ": "ب", "چ": "ج", "ژ": "ز", "گ": "ك", "ڤ": "ف"})
# Shorter words are too near to each other to tell a slip.
_LONG = 5
_SHORTEST = 3
_MOST = 0.5


def claims_named(report: Report, words: str) -> list[Finding]:
    """The claims that these words name best: by their own words or their speaker's name, or else by all that is told
    of them. Several are equally near."""
    found = _best(report, words, [one.quote for one in report.claims])
    if not found:
        return _best(report, words, [_with_speaker(one) for one in report.claims])
    said = _best(report, words, [one.attribution.speaker or "" for one in report.claims])
    return [one for one in report.claims if one in found or one in said]


def claims_about(report: Report, words: str) -> list[Finding]:
    """All claims that most of these words stand in, or whose speaker they name."""
    shares = _shares(words, [_with_speaker(one) for one in report.claims])
    return [one for one, share in zip(report.claims, shares, strict=True) if share > _MOST]


def claims_said_by(report: Report, words: str) -> list[Finding]:
    """The claims of the speakers that these words name best."""
    return _best(report, words, [_speaker(one) for one in report.claims])


def claims_said_on(report: Report, words: str) -> list[Finding]:
    """The claims that have all of these words, some of them in their speaker's name: "Putin about Hmeimim"."""
    whole = _shares(words, [_with_speaker(one) for one in report.claims])
    spoken = _shares(words, [_speaker(one) for one in report.claims])
    return [one for one, all_, some in zip(report.claims, whole, spoken, strict=True) if all_ == 1.0 and some]


def outlets_named(report: Report, words: str) -> list[str]:
    """The outlets of the report that these words name best."""
    names = outlets_of(report)
    shares = _shares(words, names)
    best = max(shares, default=0.0)
    return [name for name, share in zip(names, shares, strict=True) if share == best > _MOST]


def outlets_of(report: Report) -> list[str]:
    """Everybody who is heard or copied in a report, in its order."""
    heard = [item.passage.outlet for one in report.claims for item in one.evidence if item.source == "coverage"]
    close = [item.passage.outlet for one in report.claims for item in one.close]
    outlets = [telling.outlet for origin in report.origins for telling in origin.tellings]
    return [name for name in dict.fromkeys((*heard, *close, *outlets)) if name]


def documents_of(report: Report) -> frozenset[str]:
    """Every document that a report was made from."""
    heard = (item.passage.document_id for one in report.claims for item in one.evidence)
    close = (item.passage.document_id for one in report.claims for item in one.close)
    document_ids = (telling.document_id for origin in report.origins for telling in origin.tellings)
    return frozenset((*heard, *close, *document_ids))


def speakers_of(report: Report) -> list[str]:
    """Everybody who speaks in the article, in its order."""
    items = [one.attribution.speaker or one.attribution.role for one in report.claims]
    return [name for name in dict.fromkeys(items) if name]


def is_about(words: str, text: str) -> bool:
    """Whether a text has most of these words."""
    return _shares(words, [text])[0] > _MOST


def numbers_of(findings: Iterable[Finding]) -> tuple[int, ...]:
    return tuple(map(number_of, findings))


def _best(report: Report, words: str, texts: Sequence[str]) -> list[Finding]:
    shares = _shares(words, texts)
    best = max(shares, default=0.0)
    return [one for one, share in zip(report.claims, shares, strict=True) if share == best > _MOST]


def _speaker(finding: Finding) -> str:
    return f"{finding.attribution.speaker or ''}\n{finding.attribution.role or ''}"


def _with_speaker(finding: Finding) -> str:
    return f"{finding.text}\n{finding.quote}\n{_speaker(finding)}"


def _shares(words: str, texts: Sequence[str]) -> list[float]:
    """The part of the words that each text has: in some form or, where no text has them so, by their sound in another
    script, or with a slip."""
    asked = [
        word
        for word in words_of(words.translate(_AS_ARABIC))
        if len(word.folded) >= _SHORTEST or word.folded.isdigit()
    ]
    there = [(words_of(text.translate(_AS_ARABIC)), frozenset(names_in(text))) for text in texts]
    found = [0] * len(texts)
    for word in asked:
        for alike in (_is_form, _sounds_alike, _is_slip):
            held = [alike(word, *one) for one in there]
            if any(held):
                found = [count + one for count, one in zip(found, held, strict=True)]
                break
    return [count / len(asked) if asked else 0.0 for count in found]


def _is_form(asked: MessageWord, words: Sequence[MessageWord], sounds: Set[str]) -> bool:
    language = "ar" if _ARABIC.search(asked.folded) else "en"
    stemmed = stem(asked.folded, language)
    meanings = _meanings(asked)
    return any(
        set(asked.forms) & set(one.forms)
        or stemmed == stem(one.folded, language)
        or (meanings and meanings & _meanings(one))
        for one in words
    )


def _meanings(word: MessageWord) -> Set[str | int]:
    """What a word means in whatever language: a country, or who speaks."""
    found = (value for form in word.forms for value in (country_of(form), role_of(form)))
    return {value for value in found if value is not None}


def _sounds_alike(asked: MessageWord, words: Sequence[MessageWord], sounds: Set[str]) -> bool:
    """In another script alone: in one and the same, letters tell more."""
    if _ARABIC.search(asked.folded):
        return False
    return bool(set(names_in(asked.folded.title())) & sounds)


def _is_slip(asked: MessageWord, words: Sequence[MessageWord], sounds: Set[str]) -> bool:
    return any(
        min(len(asked.folded), len(one.folded)) >= _LONG and OSA.distance(asked.folded, form, score_cutoff=1) <= 1
        for one in words
        for form in one.forms
    )
