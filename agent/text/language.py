"""Which language a text is in: by script, then by common words; a model only where both are silent."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import NamedTuple, Protocol

UNKNOWN = "und"
_SAMPLE_CHARACTERS = 4000
_FEWEST_LETTERS = 8
_MAIN_SCRIPT_SHARE = 0.55
_KANA_SHARE = 0.1
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
# One ideograph or syllable says as much as several letters.
_DENSE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
_DENSE_WEIGHT = 3
_ENGLISH_SHARE = 0.14
_USUAL_ENGLISH_SHARE = 0.2
_FEWEST_ENGLISH_WORDS = 6
# German has "will" and Czech "by": one such word is none of English.
_DIFFERENT_ENGLISH_WORDS = 2
# A text that is told to be in English is so with fewer of these words, if they are of more kinds.
_TOLD_ENGLISH_SHARE, _DIFFERENT_TOLD_ENGLISH_WORDS = 0.08, 5
_FEWEST_MODEL_WORDS = 2
# How sure the model has to be of a text of so many words: of 2,300 stretches of news in 20 languages, what is told
# this way was right in 99.6 %.
_SURE_OF = ((6, 0.8), (12, 0.6))
_SURE = 0.4
_CONFIRMING_WORDS, _CONFIRMING_SHARE = 2, 0.03
# Of so many letters in Arabic script without a sign of any language it is Arabic, with letters of Persian Persian.
_LETTERS_OF_ARABIC, _LETTERS_OF_PERSIAN = 40, 12
# A text that is told to be in another language says so in this many words, and beyond this doubt.
_WORDS_AGAINST, _SURE_AGAINST = 20, 0.8
_FEW_WORDS_AGAINST, _SURE_OF_FEW_AGAINST = 10, 0.98
_WORDS_AGAINST_UNKNOWN, _SURE_AGAINST_UNKNOWN = 40, 0.95
_NO_LANGUAGES = frozenset(("und", "mul", "zxx", "mis", "x"))


class _Finding(NamedTuple):
    """`sure` is from 0 to 1; a script that one language alone is written in leaves no doubt."""

    language: str
    sure: float = 1.0


_NOTHING = _Finding(UNKNOWN, 0.0)


def detect_language(text: str) -> str:
    """BCP 47 code of the text's main language; "und" when the text is too short, too mixed or unknown."""
    return _find(_sampled(text)).language


def language_of(text: str, value: str | None) -> str:
    """The language of a text that is told to be in one. Its own words are believed where they are enough to tell by;
    else what is told, unless it is written in another script."""
    known = _primary(value) if value else ""
    sample = _sampled(text)
    if value is not None and known == "en" and _confirms_english(sample):
        return value
    found = _find(sample)
    if value is None or known in _NO_LANGUAGES:
        return found.language
    if found.language == UNKNOWN:
        return UNKNOWN if _is_written_otherwise(sample, known) else value
    if found.language == known or _are_near(found.language, known):
        return value
    return found.language if _outweighs(found, sample, known) else value


def likely_language(text: str) -> str:
    """As `detect_language`; the likeliest language of its script for a text that is too short to tell."""
    sample = _sampled(text)
    found = _find(sample).language
    return "ar" if found == UNKNOWN and _main_script(_scripts(sample)) == "ARABIC" else found


@lru_cache(maxsize=512)
def _confirms_english(sample: str) -> bool:
    """Whether the model need not be loaded to see that a text is in English, as it is told to be."""
    words = [word.lower() for word in _WORDS.findall(sample)]
    english = [word for word in words if word in _signs().english]
    enough = len(set(english)) >= _DIFFERENT_TOLD_ENGLISH_WORDS
    return enough and len(english) >= len(words) * _TOLD_ENGLISH_SHARE and _main_script(_scripts(sample)) == "LATIN"


def _outweighs(found: _Finding, sample: str, known: str) -> bool:
    if not _shares_script(sample, known):
        return True
    words = len(_WORDS.findall(sample))
    if known in _signs().scripts_of:
        enough = words >= _WORDS_AGAINST and found.sure >= _SURE_AGAINST
        return enough or (words >= _FEW_WORDS_AGAINST and found.sure >= _SURE_OF_FEW_AGAINST)
    return words >= _WORDS_AGAINST_UNKNOWN and found.sure >= _SURE_AGAINST_UNKNOWN


def _is_written_otherwise(sample: str, known: str) -> bool:
    """Whether a text is in letters that its language is not written in. Any may be transcribed into Latin."""
    script = _main_script(_scripts(sample))
    return script not in (None, "LATIN") and not _shares_script(sample, known)


def _shares_script(sample: str, known: str) -> bool:
    scripts = _signs().scripts_of.get(known)
    return scripts is None or _main_script(_scripts(sample)) in scripts


def _are_near(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _signs().near)


@lru_cache(maxsize=1024)
def primary_language(code: str) -> str:
    """The language of a BCP 47 code without script and place: "pt" of "pt-BR"; "und" where it names none."""
    primary = _primary(code)
    named = primary.isascii() and primary.isalpha() and len(primary) in (2, 3) and primary not in _NO_LANGUAGES
    return primary if named else UNKNOWN


def _primary(text: str) -> str:
    return text.replace("_", "-").split("-")[0].lower()


def _sampled(text: str) -> str:
    return unicodedata.normalize("NFC", text[:_SAMPLE_CHARACTERS])


# A run asks the same of each passage and quote many times.
@lru_cache(maxsize=512)
def _find(sample: str) -> _Finding:
    scripts = _scripts(sample)
    total = scripts.total()
    if total < _FEWEST_LETTERS:
        return _NOTHING
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > total * _KANA_SHARE:
        return _Finding("ja")
    script = _main_script(scripts)
    if script is None:
        return _NOTHING
    if script == "ARABIC":
        return _of_arabic_script(sample)
    if (only := _signs().one_language.get(script)) is not None:
        return _Finding(only)
    return _by_words(sample, script)


def _main_script(scripts: Counter[str]) -> str | None:
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    return script if count >= scripts.total() * _MAIN_SCRIPT_SHARE else None


def _scripts(sample: str) -> Counter[str]:
    scripts: Counter[str] = Counter()
    for letter, count in Counter(_LETTERS.findall(sample)).items():
        script = _script(letter)
        scripts[script] += count * (_DENSE_WEIGHT if script in _DENSE else 1)
    return scripts


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]


def _of_arabic_script(sample: str) -> _Finding:
    letters = Counter(_LETTERS.findall(sample))
    words = Counter(_WORDS.findall(sample))
    common = {language: sum(words[word] for word in own) for language, (_, own) in _signs().arabic_script.items()}
    scores = {
        language: sum(letters[letter] for letter in own) / letters.total() + common[language] / max(words.total(), 1)
        for language, (own, _) in _signs().arabic_script.items()
    }
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    if scores[best] == 0:
        return _Finding("ar") if letters.total() >= _LETTERS_OF_ARABIC else _NOTHING
    if best == "fa" and not common[best] and letters.total() < _LETTERS_OF_PERSIAN:
        # Its letters are those of Urdu and Pashto too, which would show others of theirs in a longer text.
        return _NOTHING
    return _Finding(best, min(1.0, 2 * (1 - scores[second] / scores[best])))


def _by_words(sample: str, script: str) -> _Finding:
    words = [word.lower() for word in _WORDS.findall(sample)]
    if script == "LATIN" and len(words) >= _FEWEST_ENGLISH_WORDS:
        english = [word for word in words if word in _signs().english]
        if len(english) >= len(words) * _ENGLISH_SHARE and len(set(english)) >= _DIFFERENT_ENGLISH_WORDS:
            return _Finding("en", min(1.0, len(english) / (len(words) * _USUAL_ENGLISH_SHARE)))
    languages = _signs().shared.get(script)
    if languages is None or len(words) < _FEWEST_MODEL_WORDS:
        return _NOTHING
    language, confidence = _identifier().classify(" ".join(words), languages)
    needed = next((sure for most, sure in _SURE_OF if len(words) < most), _SURE)
    return _Finding(language, confidence) if confidence >= needed and _confirms(words, language) else _NOTHING


def _confirms(words: Sequence[str], language: str) -> bool:
    common = _signs().confirmed.get(language)
    if common is None:
        return True
    held = sum(word in common for word in words)
    return held >= _CONFIRMING_WORDS and held >= _CONFIRMING_SHARE * len(words)


class _Signs:
    def __init__(self, resource: str) -> None:
        tables = tomllib.loads(resource)
        self.one_language: dict[str, str] = tables["one_language"]
        self.shared: dict[str, list[str]] = {script: some.split() for script, some in tables["shared"].items()}
        self.english = frozenset(tables["english"]["words"].split())
        self.confirmed = {language: frozenset(some.split()) for language, some in tables["confirmed"].items()}
        self.near = [frozenset(group.split()) for group in tables["near"]["groups"]]
        self.arabic_script = {
            language: (frozenset(signs["letters"]), frozenset(signs["words"].split()))
            for language, signs in tables["arabic_script"].items()
        }
        self.with_patterns = frozenset(tables["patterns"]["languages"].split())
        self.scripts_of = self._scripts_of()

    def _scripts_of(self) -> dict[str, set[str]]:
        """The scripts of every language that is known here."""
        scripts: dict[str, set[str]] = {"ja": {"CJK", "HIRAGANA", "KATAKANA"}}
        for script, language in self.one_language.items():
            scripts.setdefault(language, set()).add(script)
        for script, languages in self.shared.items():
            for language in languages:
                scripts.setdefault(language, set()).add(script)
        for language in self.arabic_script:
            scripts.setdefault(language, set()).add("ARABIC")
        return scripts


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    return _Signs((files("agent.text") / "languages.toml").read_text("utf-8"))


def has_patterns(language: str) -> bool:
    """Whether the built-in analyst has lists of its own for a language."""
    return _primary(language) in _signs().with_patterns


class _LanguageModel(Protocol):
    def set_languages(self, langs: Sequence[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


class _Identifier:
    """To choose other languages takes the model twenty times as long as to tell one of them."""

    def __init__(self, model: _LanguageModel) -> None:
        self._model = model
        self._chosen: Sequence[str] = ()
        self._lock = Lock()

    def classify(self, text: str, languages: Sequence[str]) -> tuple[str, float]:
        with self._lock:
            if languages != self._chosen:
                self._model.set_languages(languages)
                self._chosen = languages
            return self._model.classify(text)


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    """The model takes half a second and 100 MB, so most texts are settled before it is asked."""
    from py3langid.langid import (  # type: ignore[import-untyped]  # ships no types
        MODEL_FILE,
        LanguageIdentifier,
    )

    return _Identifier(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
