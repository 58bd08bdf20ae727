"""What suites ask is opened apart from what is in use."""

from pathlib import Path

import pytest

from evals.running.opened import SharedAnalyst, settings_in


def test_nothing_of_the_user_is_written_to_and_no_answer_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISNAD_CHROMA_URL", "http://127.0.0.1:8000")
    settings = settings_in(tmp_path, "lexical", None)
    assert settings.chroma_url is None
    assert settings.data_dir == tmp_path
    assert settings.answer_cache_mb == 0


async def test_samples_that_run_together_share_one_analyst_and_the_last_closes_it() -> None:
    shared = SharedAnalyst("lexical", None)
    async with shared.use() as first:
        async with shared.use() as second:
            assert second is first
        async with shared.use() as third:
            assert third is first
    async with shared.use() as later:
        assert later is not first
