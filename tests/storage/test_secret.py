from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import StoreError
from agent.storage.secret import load_secret


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    salt = load_secret(settings, "salt")
    assert load_secret(settings, "salt") == salt
    assert (tmp_path / "data" / "salt").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["salt"]


def test_every_secret_is_another(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert load_secret(settings, "salt") != load_secret(settings, "sessions")


def test_machines_that_share_a_database_have_the_same_ones(shared: Settings, tmp_path: Path) -> None:
    elsewhere = shared.model_copy(update={"data_dir": tmp_path / "elsewhere"})
    assert load_secret(shared, "salt") == load_secret(elsewhere, "salt")
    assert load_secret(shared, "sessions") == load_secret(elsewhere, "sessions") != load_secret(shared, "salt")
    assert len(load_secret(shared, "salt")) == 32
    assert not elsewhere.data_dir.exists()


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "salt").touch()
    with pytest.raises(StoreError, match="salt"):
        load_secret(Settings(data_dir=tmp_path), "salt")
