"""Who speaks in a signed quotation: "We could not wait." — Ola Strand, mayor."""

import re
from dataclasses import replace

from agent.analyst.lexical.attribution import Speaker, read_speaker
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.words import words
from agent.models import Attribution, SourceType, Span
from agent.text.signatures import Signature, signatures_in

_LONGEST_NAME = 5
_BRACKETED = re.compile(r"(?P<name>[^(),،]+)\((?P<office>[^()]*)\)")


class Signed:
    """The signed quotations of one text. `language` is "ar", "en" or any other, whose speakers are only named."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._signatures = signatures_in(text)

    def within(self, sentence: Span) -> Span:
        """The sentence without the signature in it."""
        for one in self._signatures:
            if sentence.start < one.said.end <= one.who.start < sentence.end:
                return Span(start=sentence.start, end=one.said.end)
        return sentence

    def speaker_of(self, sentence: Span) -> Speaker | None:
        """Who says a sentence in a signed quotation; None where it is in none."""
        for one in self._signatures:
            if one.said.start <= sentence.start < one.said.end:
                return self._speaker(one)
        return None

    def attribution_of(self, sentence: Span) -> Attribution:
        speaker = self.speaker_of(sentence)
        return speaker.attributed(None) if speaker else Attribution()

    def _speaker(self, signature: Signature) -> Speaker | None:
        whole = self._text[signature.who.start : signature.who.end].strip()
        name, role = _parted(whole)
        if self._language not in ("ar", "en"):
            return Speaker(whole, name, role or None, SourceType.NAMED, None, definite=False)
        spoken = words(name)
        if not spoken or spoken[0].folded in load_speech(self._language).verbs:
            return None
        read = read_speaker(spoken, self._language)
        if read is None or not role or len(spoken) > _LONGEST_NAME:
            return read
        return replace(read, phrase=whole, name=read.name or name, role=read.role or role, source=SourceType.NAMED)


def _parted(whole: str) -> tuple[str, str]:
    """Name and office: behind a comma, or in brackets. What is in brackets may be the name of an account too."""
    if (named := _BRACKETED.match(whole)) is not None:
        office = named["office"].strip()
        return named["name"].strip(), "" if office.startswith("@") else office
    name, _, role = whole.replace("،", ",").partition(",")
    return name.strip(" ."), role.strip(" .")
