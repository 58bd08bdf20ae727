"""Which language a text is in: by script, then by common words; a model only where both are silent."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

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
_FEWEST_ENGLISH_WORDS = 6
_FEWEST_MODEL_WORDS = 2
_MODEL_CONFIDENCE = 0.4


def detect_language(text: str) -> str:
    """BCP 47 code of the text's main language; "und" when the text is too short, too mixed or unknown."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE_CHARACTERS])
    scripts = _scripts(sample)
    total = scripts.total()
    if total < _FEWEST_LETTERS:
        return UNKNOWN
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > total * _KANA_SHARE:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if count < total * _MAIN_SCRIPT_SHARE:
        return UNKNOWN
    if script == "ARABIC":
        return _of_arabic_script(sample)
    return _signs().one_language.get(script) or _by_words(sample, script)


def _scripts(sample: str) -> Counter[str]:
    scripts: Counter[str] = Counter()
    for letter, count in Counter(_LETTERS.findall(sample)).items():
        script = _script(letter)
        scripts[script] += count * (_DENSE_WEIGHT if script in _DENSE else 1)
    return scripts


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0].split("-")[0]


def _of_arabic_script(sample: str) -> str:
    letters = Counter(_LETTERS.findall(sample))
    words = Counter(_WORDS.findall(sample))
    scores = {
        language: sum(letters[c] for c in own) / letters.total()
        + sum(words[w] for w in common) / max(words.total(), 1)
        for language, (own, common) in _signs().arabic_script.items()
    }
    best = max(scores, key=lambda language: scores[language])
    # Arabic is the default of its script: a short line may hold none of its common words.
    return best if scores[best] > 0 else "ar"


def _by_words(sample: str, script: str) -> str:
    words = [word.lower() for word in _WORDS.findall(sample)]
    if script == "LATIN" and len(words) >= _FEWEST_ENGLISH_WORDS:
        english = sum(word in _signs().english for word in words)
        if english >= len(words) * _ENGLISH_SHARE:
            return "en"
    languages = _signs().shared.get(script)
    if languages is None or len(words) < _FEWEST_MODEL_WORDS:
        return UNKNOWN
    identifier = _identifier()
    identifier.set_languages(languages)
    language, confidence = identifier.classify(" ".join(words))
    return language if confidence >= _MODEL_CONFIDENCE else UNKNOWN


class _Signs:
    def __init__(self, resource: str) -> None:
        tables = tomllib.loads(resource)
        self.one_language: dict[str, str] = tables["one_language"]
        self.shared: dict[str, list[str]] = {script: some.split() for script, some in tables["shared"].items()}
        self.english = frozenset(tables["english"]["words"].split())
        self.arabic_script = {
            language: (frozenset(signs["letters"]), frozenset(signs["words"].split()))
            for language, signs in tables["arabic_script"].items()
        }


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    return _Signs((files("agent") / "languages.toml").read_text("utf-8"))


class _Identifier(Protocol):
    def set_languages(self, langs: Sequence[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    """The model takes half a second and 100 MB, so most texts are settled before it is asked."""
    from py3langid.langid import (  # type: ignore[import-untyped]  # ships no types
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
