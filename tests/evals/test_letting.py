"""What the measured floor lets through, on a small set in which it is plain what bears on what."""

from pathlib import Path

from evals.coverage.letting import measure

_TRADES = (
    "quay crane harbour, orange harvest juice, court lawyer inheritance, snow pass lorry, bread dough oven,"
    " glass furnace window, coal mine shaft, wool sheep shearing, salt marsh evaporation, iron foundry casting"
).split(", ")


def test_what_bears_on_a_query_is_kept_and_what_does_not_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "retrieval" / "trades"
    folder.mkdir(parents=True)
    corpus = [
        f'{{"id": "d{n}", "text": "{word} and {word} again.", "title": null, "lang": "en"}}'
        for n, word in enumerate(_TRADES)
    ]
    queries = [f'{{"id": "q{n}", "text": "{word}.", "lang": "en"}}' for n, word in enumerate(_TRADES)]
    (folder / "corpus.jsonl").write_text("\n".join(corpus) + "\n", encoding="utf-8")
    (folder / "queries.jsonl").write_text("\n".join(queries) + "\n", encoding="utf-8")
    judged = ["query_id\tdoc_id\trelevance", *(f"q{n}\td{n}\t1" for n in range(len(_TRADES)))]
    (folder / "qrels.tsv").write_text("\n".join(judged) + "\n", encoding="utf-8")
    told = measure(folder, "words")
    assert (told.queries, told.kept) == (5, 1.0)
    assert told.embedder.startswith("isnad-hashed")
    assert 0 <= told.through < 1
