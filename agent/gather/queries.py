"""A few queries from the claims of an article: the rarest names, numbers and words, in its language and in those of
the place that it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from agent.gather.keywords import TellingWord, telling_words
from agent.gather.places import NamedPlace, edition_of, languages_of, name_of, places_in
from agent.gather.transliteration import carried_over
from agent.gather.wording import plain_words
from agent.models import Article, Claim, Frozen
from agent.text.language import UNKNOWN, primary_language

_MOST_WORDS = 5
# Engines that want all words find nothing for many; those of a topic are few.
_TOPIC_WORDS = 4
_SAME_SHARE = 0.6
_FEWEST_WORDS = 2
_MOST_CARRIED = 3
_MOST_OTHER_LANGUAGES = 3
_MOST_CLAIMS = 60
# What much of the world's coverage is written in, whatever the event.
_ENGLISH = "en"


class SearchQuery(Frozen):
    """Words to search for, those that tell most first. `country` is whose edition is asked, of several."""

    words: tuple[str, ...]
    language: str
    country: str | None = None


class Subject(Frozen):
    """What coverage is wanted on: some claims of an article, or all that it says where there are none."""

    article: Article
    claims: tuple[Claim, ...] = ()

    @property
    def language(self) -> str:
        return primary_language(self.article.language)

    @property
    def texts(self) -> tuple[str, ...]:
        texts = [claim.text for claim in self.claims[:_MOST_CLAIMS]] or [self.article.text[:2000]]
        return tuple(filter(None, [self.article.title, *texts]))


class SearchSetting(Frozen):
    """The places that a subject names, and the languages that its coverage is looked for in, its own one first."""

    territories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def edition(self, language: str) -> str | None:
        return edition_of(language, self.territories)


def setting_of(subject: Subject) -> SearchSetting:
    territories = [
        named.place.territory for text in subject.texts for named in places_in(text.split(), subject.language)
    ]
    own = [] if subject.language == UNKNOWN else [subject.language]
    others = [one for one in (*languages_of(territories), _ENGLISH) if one not in own]
    return SearchSetting(territories=tuple(territories), languages=(*own, *others[:_MOST_OTHER_LANGUAGES]))


def make_queries(subject: Subject, setting: SearchSetting, most: int) -> tuple[SearchQuery, ...]:
    """At most so many: what all of it is about, what single claims are about, and the former in other languages."""
    items = [list(telling_words(text, subject.language)) for text in subject.texts]
    topic = _topic(items)
    foreign = list(_in_other_languages(subject, topic, setting))
    own = list(_own(items, topic, most - min(len(foreign), most // 2)))
    made = [
        SearchQuery(words=words, language=subject.language, country=setting.edition(subject.language))
        for words in own
    ]
    return tuple([*made[:1], *foreign, *made[1:]][:most])


def _topic(items: Sequence[Sequence[TellingWord]]) -> list[TellingWord]:
    """The words that tell most and stand in most claims."""
    spread = Counter(key for words in items for key in {word.key for word in words})
    first = {word.key: word for words in reversed(items) for word in reversed(words)}
    return sorted(first.values(), key=lambda word: (-word.weight * spread[word.key], word.key))


def _own(
    items: Sequence[Sequence[TellingWord]], topic: Sequence[TellingWord], most: int
) -> Iterator[tuple[str, ...]]:
    """The topic, then claim after claim what no query before has asked for."""
    taken: list[set[str]] = []
    for words in (topic[:_TOPIC_WORDS], *map(_best, items)):
        keys = {word.key for word in words}
        if len(taken) >= most:
            return
        if len(keys) >= min(_FEWEST_WORDS, len(items)) and not any(_is_covered(keys, one) for one in taken):
            taken.append(keys)
            if plain := plain_words(" ".join(word.word for word in words), _MOST_WORDS):
                yield plain


def _best(words: Sequence[TellingWord]) -> list[TellingWord]:
    unique = {word.key: word for word in reversed(words)}
    return sorted(unique.values(), key=lambda word: -word.weight)[:_MOST_WORDS]


def _is_covered(keys: set[str], taken: set[str]) -> bool:
    return len(keys & taken) >= _SAME_SHARE * len(keys)


def _in_other_languages(
    subject: Subject, topic: Sequence[TellingWord], setting: SearchSetting
) -> Iterator[SearchQuery]:
    """Places by what they are called there, names carried over into its letters, numbers as they are."""
    for language in setting.languages:
        if language == subject.language:
            continue
        words = tuple(dict.fromkeys((*_named_places(subject, language), *_carried(topic, subject, language))))
        plain = plain_words(" ".join(words[:_TOPIC_WORDS]), _MOST_WORDS)
        if len(plain) >= _FEWEST_WORDS:
            yield SearchQuery(words=plain, language=language, country=setting.edition(language))


def _named_places(subject: Subject, language: str) -> Iterable[str]:
    """The two that are named most."""
    found: Counter[str] = Counter()
    for text in subject.texts:
        for named in places_in(text.split(), subject.language):
            if (result := name_of(named.place, language)) is not None:
                found[result] += 1
    return [name for name, _ in found.most_common(2)]


def _carried(topic: Sequence[TellingWord], subject: Subject, language: str) -> Iterator[str]:
    carried = 0
    for word in topic:
        if _is_place(places_in([word.word], subject.language)):
            continue
        if word.is_name and carried < _MOST_CARRIED:
            carried += 1
            if result := carried_over(word.word, language):
                yield result
        elif word.key.isdecimal():
            yield word.key


def _is_place(found: Sequence[NamedPlace]) -> bool:
    return bool(found)
