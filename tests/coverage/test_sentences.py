"""The vectors of sentences: kept beside the passages, in a byte a number."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from agent.config import load_settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Floors, Traits
from agent.coverage.embedding.sentences import SentenceVectors, sentences_of
from agent.coverage.index.database import open_database
from agent.models import Document
from agent.storage import Database

TRAITS = Traits(rank_weight=1, floors=Floors(within=0.1, across=0.1), across=slice(1, 4))
TWO = "The tug Mole left the quay at six. Two barges were lost in the canal near Silt Lock."


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(load_settings(data_dir=tmp_path)) as opened:
        yield opened


@pytest.fixture
def coverage(tmp_path: Path) -> Iterator[Coverage]:
    with open_coverage(load_settings(data_dir=tmp_path), BuiltInEmbedder()) as opened:
        yield opened


def test_what_is_read_is_what_was_written_but_for_a_hundredth(database: Database) -> None:
    kept = SentenceVectors(database, TRAITS)
    kept.write({"k1": [[9.0, 3.0, 4.0, 0.0], [9.0, 0.0, 0.6, 0.8]], "k2": []})
    found = kept.read(["k1", "k2", "k3"])
    assert found.keys() == {"k1"}
    assert found["k1"] == pytest.approx(np.array([[0.6, 0.8, 0.0], [0.0, 0.6, 0.8]]), abs=0.01)


def test_what_is_taken_out_is_gone(database: Database) -> None:
    kept = SentenceVectors(database, TRAITS)
    kept.write({"k1": [[0.0, 1.0, 0.0, 0.0]], "k2": [[0.0, 1.0, 0.0, 0.0]]})
    kept.remove(["k1"])
    assert kept.read(["k1", "k2"]).keys() == {"k2"}
    kept.clear()
    assert not kept.read(["k2"])


def test_a_single_sentence_is_the_passage_itself() -> None:
    assert sentences_of("The tug Mole left the quay at six.", "en") == []
    assert sentences_of(TWO, "en") == [one + "." for one in TWO.rstrip(".").split(". ")]


async def test_they_come_and_go_with_the_passages_and_a_reindex_makes_them_anew(
    coverage: Coverage, tmp_path: Path
) -> None:
    document = Document.of(TWO, language="en", title="Barges lost")
    await coverage.add([document])
    assert _kept(tmp_path) == 1
    await coverage.reindex()
    assert _kept(tmp_path) == 1
    await coverage.remove([document.id])
    assert _kept(tmp_path) == 0


def _kept(folder: Path) -> int:
    with open_database(load_settings(data_dir=folder)) as database:
        return database.number("SELECT count(*) FROM sentences")
