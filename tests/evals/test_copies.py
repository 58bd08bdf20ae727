"""What is published about copies, held on the public pairs where they are at hand."""

from pathlib import Path

import pytest

from evals.coverage.copies import LANGUAGES, find, load_pairs, score

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_pairs = pytest.mark.skipif(not (DATA / "neardup").is_dir(), reason="the public pairs are not at hand")


@needs_pairs
@pytest.mark.parametrize("lang", LANGUAGES)
def test_copies_are_told_from_reports_of_their_own_and_altered_ones_from_others(lang: str) -> None:
    measured = score(load_pairs(DATA, lang))
    assert measured.f1 >= 0.97
    assert measured.reports_taken == 0
    assert measured.altered_told >= 0.9 * measured.altered > 0
    assert measured.unaltered_told <= 0.02 * measured.unaltered


@needs_pairs
def test_the_store_finds_every_copy_among_all_texts() -> None:
    found = find(load_pairs(DATA, "ar"), treated=False, minhash=False)
    assert found.by_store == found.copies > 40


def test_treated_copies_are_found_in_the_small_set_too(tmp_path: Path) -> None:
    from tests.coverage.stories import stories

    folder = tmp_path / "neardup"
    folder.mkdir()
    lines = [
        f'{{"id": "{n}", "lang": "en", "text_a": "{one}", "text_b": "{other}", "label": "different_story"}}\n'
        for n, (one, other) in enumerate(zip(stories(24)[:12], stories(24)[12:], strict=True))
    ]
    (folder / "pairs_en.dev.jsonl").write_text("".join(lines), encoding="utf-8")
    found = find(load_pairs(tmp_path, "en"), treated=True, minhash=False)
    assert found.by_store == found.copies == 48
