from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from agent.config import Settings
from agent.errors import BadInput, StoreError
from agent.storage.keys import Scope, open_keys
from tests.support.command import isnad


def test_a_key_is_recognised_until_it_is_revoked(places: Settings) -> None:
    with open_keys(places) as keys:
        assert keys.none_was_made()
        told = keys.create("desk", [Scope.VERIFY, Scope.READ], daily_tokens=100)
        key = keys.recognise(told)
        assert key is not None
        assert (key.name, key.scopes, key.daily_tokens) == ("desk", (Scope.READ, Scope.VERIFY), 100)
        assert told.startswith(f"isnad_{key.id}_")
        for wrong in (told + "x", told[:-1], "", "isnad__", f"isnad_{key.id}_", told.replace("isnad", "other")):
            assert keys.recognise(wrong) is None
        keys.revoke("desk")
        assert keys.recognise(told) is None
        assert not keys.none_was_made()


def test_what_is_spent_counts_for_the_day(places: Settings) -> None:
    with open_keys(places) as keys:
        keys.create("desk", [Scope.VERIFY], daily_tokens=100)
        keys.create("free", [Scope.VERIFY])
        desk, free = keys.listing()
        assert keys.left(desk.id) == 100
        keys.spend(desk.id, 30)
        keys.spend(desk.id, 30)
        assert keys.left(desk.id) == 40
        keys.spend(desk.id, 300)
        assert keys.left(desk.id) == 0
        assert keys.left(free.id) is None
        assert keys.left("local") is None


def test_names_are_used_once_at_a_time(places: Settings) -> None:
    with open_keys(places) as keys:
        keys.create("desk", [Scope.READ])
        with pytest.raises(BadInput, match="already"):
            keys.create(" desk ", [Scope.READ])
        keys.revoke(keys.listing()[0].id)
        keys.create("desk", [Scope.READ])
        with pytest.raises(BadInput):
            keys.create("none", [])
        with pytest.raises(BadInput, match="no key in use"):
            keys.revoke("nobody")


def test_many_may_come_first(places: Settings) -> None:
    together = Barrier(8, timeout=60)

    def secrets(_: int) -> tuple[str, ...]:
        together.wait()
        with open_keys(places) as keys:
            together.wait()
            return keys.secrets("desk")

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(secrets, range(8)))
    # Whoever was told a secret finds what is sent signed with it.
    assert len(found) == 1
    with open_keys(places) as keys:
        (first,) = found.pop()
        assert keys.secrets("desk") == (first,)
        assert keys.secrets("desk") == (first,)
        second = keys.rotate("desk")
        assert keys.secrets("desk") == (second, first)


def test_a_damaged_file_is_told(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    (settings.data_dir / "keys.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="keys"), open_keys(settings):
        pass


def test_keys_are_made_shown_once_listed_and_revoked_by_command(tmp_path: Path) -> None:
    made = isnad("keys", "create", "cms", "--scopes", "verify, read", "--daily-tokens", "5000")
    key = made.out.strip()
    assert made.code == 0
    assert "cannot be shown again" in made.err
    listed = isnad("keys", "list").out
    assert "cms  read,verify  made" in listed
    assert "5,000 of 5,000 tokens left" in listed
    assert key not in listed
    assert isnad("keys", "create", "cms").code == 2
    assert "no scope is called 'all'" in isnad("keys", "create", "x", "--scopes", "all").err
    assert isnad("keys", "revoke", key).code == 0
    assert "revoked" in isnad("keys", "list").out
