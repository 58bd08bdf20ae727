import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.coverage.embedding.embed import Purpose, Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder, embed_matrix
from agent.coverage.index.words import words

ARABIC = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين"
OF_IT = "قالت الإدارة إن الرصيف الثاني في الميناء سيفتح الاثنين"
OTHER = "تراجعت أسعار البرتقال في أسواق الجملة مع نهاية الموسم"


def _likeness(one: str, other: str) -> float:
    left, right = embed_matrix([one, other])
    return float(left @ right)


def test_texts_about_one_thing_are_nearer_than_texts_about_two() -> None:
    assert _likeness(ARABIC, OF_IT) > HashedEmbedder.traits.floors.within > _likeness(ARABIC, OTHER)
    assert _likeness("The quay was reopened", "the reopening of the quay") > _likeness(
        "The quay was reopened", "prices of oranges fell"
    )


def test_spelling_and_inflection_matter_little() -> None:
    assert _likeness("الإدارة أعلَنت فتح الأرصفة", "الاداره اعلنت فتح الارصفه") > 0.99
    assert _likeness("انسحبت القوات", "انسحاب القوات") > 0.3


def test_what_is_in_every_text_weighs_next_to_nothing() -> None:
    assert _likeness("the quay of the harbour", "the price of the oranges") < 0.1


@given(st.text())
def test_a_vector_has_length_one_or_there_was_no_word_in_the_text(text: str) -> None:
    length = float(np.linalg.norm(embed_matrix([text])[0]))
    assert abs(length - 1) < 1e-4 or length == 0


async def test_the_id_tells_the_length_of_the_vectors_and_they_cost_nothing() -> None:
    embedder = HashedEmbedder()
    vectors = await embedder.embed([ARABIC, ""], purpose=Purpose.QUERY, budget=Unlimited())
    assert [len(row) for row in vectors.rows] == [int(embedder.id.rpartition(":")[2])] * 2
    assert not any(vectors.rows[1])
    assert vectors.usage.tokens == 0


def test_another_process_makes_the_same_vector() -> None:
    code = (
        "import sys; from hashlib import sha256; from agent.coverage.embedding.hashed import embed_matrix;"
        "print(sha256(embed_matrix([sys.argv[1]]).tobytes()).hexdigest())"
    )
    root = str(Path(__file__).parents[2])
    environ = {"PYTHONHASHSEED": "7", "PYTHONPATH": root}
    there = subprocess.run(
        [sys.executable, "-c", code, ARABIC], capture_output=True, text=True, check=True, env=environ
    )
    assert there.stdout.strip() == sha256(embed_matrix([ARABIC]).tobytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("हिन्दी में समाचार।", ["हिनदी", "में", "समाचार"]),
        ("தமிழ் செய்தி", ["தமிழ", "செயதி"]),
        ("سوريا، لن نغادر", ["سوريا", "لن", "نغادر"]),
    ],
)
def test_words_stay_whole_in_scripts_whose_vowels_are_signs(text: str, told: list[str]) -> None:
    assert list(words(text)) == told
