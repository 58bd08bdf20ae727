"""Names in the letters of another script, as newspapers spell them: enough to search by, and no more than that."""

import re
import unicodedata

_ARABIC = re.compile("[\u0620-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_LATIN_SCRIPT, _ARABIC_SCRIPT, _CYRILLIC_SCRIPT = "latin", "arabic", "cyrillic"
_IN_ARABIC = frozenset("ar fa ur ps ckb sd ug".split())
_IN_CYRILLIC = frozenset("ru uk be bg mk sr kk ky mn tg".split())
_OTHERWISE = frozenset("zh ja ko th hi bn ta te ml kn mr gu pa he el am ti km my lo ka hy ne si dv yi".split())


def _table(pairs: str) -> tuple[tuple[str, str], ...]:
    """`letters=letters` in a row, the longer ones first."""
    split = (pair.partition("=") for pair in pairs.split())
    return tuple(sorted(((old, new) for old, _, new in split), key=lambda pair: -len(pair[0])))


_ARABIC_TO_LATIN = _table(
    "ا=a أ=a إ=i آ=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=gh ف=f ق=q ك=k ک=k ل=l"
    " م=m ن=n ه=h ة=a و=u ؤ=u ي=i ی=i ى=a ئ=i ء= پ=p چ=ch ژ=zh گ=g ڤ=v"
)
_LATIN_TO_ARABIC = _table(
    "sh=ش ch=تش kh=خ gh=غ th=ث dh=ذ ph=ف zh=ج ck=ك oo=و ou=و ee=ي ei=ي ai=اي a=ا b=ب c=ك ce=س ci=سي d=د e= f=ف g=غ"
    " h=ه i=ي j=ج k=ك l=ل m=م n=ن o=و p=ب q=ق r=ر s=س t=ت u=و v=ف w=و x=كس y=ي z=ز"
)
_CYRILLIC_TO_LATIN = _table(
    "а=a б=b в=v г=g ґ=g д=d е=e ё=e є=ye ж=zh з=z и=i і=i ї=yi й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh"
    " ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
)
_LATIN_TO_CYRILLIC = _table(
    "shch=щ sh=ш ch=ч kh=х zh=ж ts=ц yu=ю ya=я ye=е a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=дж k=к l=л m=м n=н o=о p=п"
    " q=к r=р s=с t=т u=у v=в w=в x=кс y=й z=з"
)
# In front of a name, e and o are no vowels that Arabic would leave out.
_FIRST_IN_ARABIC = {"a": "أ", "e": "إ", "i": "إ", "o": "أو", "u": "أو"}
_FIRST_IN_LATIN = {"و": "w", "ي": "y"}


def script_of(word: str) -> str | None:
    """The script of a word, where it is one that names are carried over from."""
    for script, letters in ((_ARABIC_SCRIPT, _ARABIC), (_CYRILLIC_SCRIPT, _CYRILLIC), (_LATIN_SCRIPT, _LATIN)):
        if letters.search(word):
            return script
    return None


def script_for(language: str) -> str | None:
    """The script that a language is written in; None for those that names are not carried over to."""
    if language in _IN_ARABIC:
        return _ARABIC_SCRIPT
    if language in _IN_CYRILLIC:
        return _CYRILLIC_SCRIPT
    return None if language in _OTHERWISE else _LATIN_SCRIPT


def carried_over(name: str, language: str) -> str | None:
    """A name as a language would spell it; None where there is no way from its script to that one."""
    spoken, written = script_of(name), script_for(language)
    if spoken is None or written is None:
        return None
    if spoken == written:
        return name
    latin = _in_latin(name, spoken)
    if written == _LATIN_SCRIPT:
        return latin[:1].upper() + latin[1:] or None
    result = _in_arabic(latin) if written == _ARABIC_SCRIPT else _spelled(latin.lower(), _LATIN_TO_CYRILLIC)
    return result[:1].upper() + result[1:] or None


def _in_latin(name: str, spoken: str) -> str:
    if spoken == _LATIN_SCRIPT:
        bare = unicodedata.normalize("NFD", name.lower())
        return "".join(letter for letter in bare if letter.isalpha() and letter.isascii())
    if spoken == _CYRILLIC_SCRIPT:
        return _spelled(name.lower(), _CYRILLIC_TO_LATIN)
    bare = "".join(letter for letter in name if unicodedata.category(letter) != "Mn").removeprefix("ال")
    first = _FIRST_IN_LATIN.get(bare[:1])
    return (first or "") + _spelled(bare[1:] if first else bare, _ARABIC_TO_LATIN)


def _in_arabic(latin: str) -> str:
    bare = _DOUBLED.sub(r"\1", latin.replace("ee", "i").replace("oo", "u"))
    first = _FIRST_IN_ARABIC.get(bare[:1])
    return (first or "") + _spelled(bare[1:] if first else bare, _LATIN_TO_ARABIC)


def _spelled(word: str, table: tuple[tuple[str, str], ...]) -> str:
    value, at = [], 0
    while at < len(word):
        old, new = next(((o, n) for o, n in table if word.startswith(o, at)), (word[at], ""))
        value.append(new)
        at += len(old)
    return "".join(value)
