"""The measuring of the search: the same set for every system, and gains as they are defined."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.index.chroma import IndexLocation
from evals.coverage.across import load_parallel, load_translations, measure_across, measure_translations
from evals.coverage.retrieval import ExactIndex, main, measure
from tests.support.shelf import DENIAL, ORANGES, QUAY, WITNESS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "retrieval" / "harbour"
    folder.mkdir(parents=True)
    texts = {"quay": QUAY, "reprint": QUAY, "denial": DENIAL, "witness": WITNESS, "oranges": ORANGES}
    corpus = [json.dumps({"id": name, "text": text, "lang": "en"}) for name, text in texts.items()]
    asked = {"q1": "prices of oranges and strawberries", "q2": "grain ships wait in the roads", "q3": "nobody asks"}
    queries = [
        json.dumps({"id": name, "dataset": "harbour", "lang": "en", "text": text}) for name, text in asked.items()
    ]
    (folder / "corpus.jsonl").write_text("\n".join(corpus), "utf-8")
    (folder / "queries.jsonl").write_text("\n".join(queries), "utf-8")
    rows = ["query_id\tdoc_id\trelevance", "q1\toranges\t2", "q2\tquay\t1", "q2\treprint\t1", "q3\tquay\t0"]
    (folder / "qrels.tsv").write_text("\n".join(rows), "utf-8")
    return folder


def test_every_system_is_measured_on_the_judged_queries(folder: Path) -> None:
    measured = {one.system: one for one in measure(folder)}
    assert set(measured) == {"fused", "vectors", "words", "BM25", "BM25, stemmed", "TF-IDF, n-grams"}
    assert {one.queries for one in measured.values()} == {2}
    # Both names of one text are found where the text is found.
    assert {system for system, one in measured.items() if (one.ndcg, one.recall) != (1.0, 1.0)} == set()


def test_a_folder_without_sets_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path)])
    assert "no retrieval set" in capsys.readouterr().err


def test_the_exact_index_compares_every_vector_of_a_large_space(tmp_path: Path) -> None:
    drawn = np.random.default_rng(1).normal(size=(2100, 8)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    index = ExactIndex(IndexLocation(tmp_path / "chroma", None))
    index.write("space", [f"k{number}" for number in range(2100)], drawn.tolist(), ["en"] * 2100)
    asked = [100, 2099]
    found = index.query("space", drawn[asked].tolist(), 50)
    index.close()
    expected = [[f"k{number}" for number in (-row).argsort()[:50]] for row in unit[asked] @ unit.T]
    assert [[one.key for one in some["en"]] for some in found] == expected


def test_a_text_is_looked_for_among_those_of_the_other_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "stance"
    folder.mkdir()
    # The built-in embedder knows a translation by a name that stands in it; the last of the five holds a wrong one.
    texts = {
        "ar": ("رأى الناس القارب قرب الرصيف القديم عند المساء", "Marigold"),
        "en": ("people saw the boat near", "Bellwether"),
    }
    for lang, (words, wrong) in texts.items():
        names = ["Marigold", "Stonequay", "Bellwether", "Oakhampton", wrong]
        pairs = [
            {
                "id": f"xnli-{lang}-dev-{number}",
                "dataset": "xnli",
                "lang": lang,
                "claim": f"{words} {name}",
                "passage": f"{words} {name} {number}",
                "label": "neither",
            }
            for number, name in enumerate(names)
        ]
        (folder / f"xnli_{lang}.dev.jsonl").write_text("\n".join(map(json.dumps, pairs)), "utf-8")
    parallel = load_parallel(tmp_path)
    assert parallel is not None
    measured = {one.task: one for one in asyncio.run(measure_across(parallel, HashedEmbedder()))}
    assert [(one.asked, one.pool) for one in measured.values()] == [(5, 5), (5, 5), (4, 1), (5, 10)]
    assert measured["claims, ar→en"].accuracy == measured["claims, en→ar"].accuracy == 0.8
    assert measured["sentence→passage, ar→en"].accuracy == 1.0
    # Sentences of one's own language share more words.
    assert measured["both languages in the pool, ar→en"].accuracy == 0.0
    main(["--data", str(tmp_path), "--only", "across"])
    assert "accuracy@1" in capsys.readouterr().out
    assert load_parallel(folder) is None


def test_translations_of_any_two_languages_are_looked_for_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parallel"
    folder.mkdir()
    # The hashed embedder knows a translation by a name that stands in it; the last English one has another.
    told = [("قایق Marigold", "boat Marigold"), ("پل Oakhampton", "bridge Oakhampton"), ("اسکله", "quay Stonequay")]
    lines = [
        {"id": f"p{n}", "dataset": "p", "lang": "fa", "text": text, "other_lang": "en", "other": other}
        for n, (text, other) in enumerate([*told, told[0]])
    ]
    (folder / "harbour.dev.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    sets = load_translations(tmp_path)
    assert [(one.name, one.languages, len(one.texts[0])) for one in sets] == [("harbour", ("fa", "en"), 3)]
    measured = asyncio.run(measure_translations(sets, HashedEmbedder()))
    assert [(one.task, one.asked, one.pool) for one in measured] == [
        ("harbour, fa→en", 3, 3),
        ("harbour, en→fa", 3, 3),
    ]
    assert [round(one.accuracy, 2) for one in measured] == [0.67, 0.67]
    main(["--data", str(tmp_path), "--only", "across", "--embedder", "words", "--json"])
    assert '"task":"harbour, fa→en"' in capsys.readouterr().out


def test_what_was_measured_and_kept_is_not_measured_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", str(folder.parents[1]), "--only", "harbour", "--json", "--keep", str(tmp_path / "kept.jsonl")]
    main(asked)
    first = capsys.readouterr().out
    assert (tmp_path / "kept.jsonl").read_text("utf-8") == first
    (folder / "corpus.jsonl").unlink()
    main(asked)
    assert capsys.readouterr().out == first
