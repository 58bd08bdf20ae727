from pathlib import Path

from evals.pictures.drawn import MAP, draw_map

ROOT = Path(__file__).parents[2]


def test_the_map_in_the_docs_is_the_graph_as_it_is() -> None:
    assert (ROOT / MAP).read_text(encoding="utf-8") == draw_map(), "run: make docs"
