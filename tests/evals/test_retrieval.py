"""The measuring of the search: the same set for every system, and gains as they are defined."""

import json
from pathlib import Path

import pytest

from evals.retrieval import main, measure
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
