import re
import sqlite3
import stat
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from agent.config import Settings
from agent.errors import BadInput, StoreError
from agent.storage.keys import Scope, open_keys
from agent.storage.tables.keys import layouts
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
        with pytest.raises(BadInput, match="'nobody'"):
            keys.revoke("nobody")


def test_a_name_is_of_one_key_in_use_and_of_any_number_that_were_revoked(settings: Settings) -> None:
    with open_keys(settings) as keys:
        first = keys.recognise(keys.create("desk", [Scope.READ]))
        assert first is not None
        assert keys.in_use(first.id) == first
        assert keys.revoke("desk") == first
        assert keys.in_use(first.id) is None
        assert keys.in_use("no-such-key") is None
        second = keys.recognise(keys.create("  the   desk ", [Scope.READ, Scope.READ], requests_per_minute=3))
        assert second is not None
        assert (second.name, second.scopes, second.requests_per_minute) == ("the desk", (Scope.READ,), 3)
        assert keys.named("the desk") == keys.named(second.id) == second
        with pytest.raises(BadInput, match="'desk'"):
            keys.named("desk")
        with pytest.raises(BadInput, match=first.id):
            keys.revoke(first.id)
        with pytest.raises(BadInput, match="a name"):
            keys.create("  ", [Scope.READ])
        assert [(key.id, key.revoked_at is None) for key in keys.listing()] == [(first.id, False), (second.id, True)]


def test_a_renewed_key_has_other_letters_and_all_else_of_before(places: Settings) -> None:
    with open_keys(places) as keys:
        before = keys.create("desk", [Scope.READ], daily_tokens=100, requests_per_minute=3)
        key = keys.recognise(before)
        assert key is not None
        keys.spend(key.id, 30)
        secrets = keys.secrets(key.id)
        after = keys.renew("desk")
        assert keys.recognise(before) is None
        assert keys.recognise(after) == keys.in_use(key.id) == key.model_copy(update={"renewals": 1})
        assert (keys.left(key.id), keys.secrets(key.id)) == (70, secrets)
        assert keys.renew(key.id) not in (before, after)
        assert keys.recognise(after) is None
        assert [one.renewals for one in keys.listing()] == [2]
        with pytest.raises(BadInput, match="'nobody'"):
            keys.renew("nobody")


def test_a_revoked_key_is_in_use_again_when_it_is_renewed_unless_another_has_its_name(settings: Settings) -> None:
    with open_keys(settings) as keys:
        first = keys.recognise(keys.create("desk", [Scope.READ]))
        assert first is not None
        keys.revoke("desk")
        again = keys.recognise(keys.renew("desk"))
        assert again is not None
        assert (again.id, again.revoked_at) == (first.id, None)
        keys.revoke("desk")
        second = keys.recognise(keys.create("desk", [Scope.READ]))
        assert second is not None
        with pytest.raises(BadInput, match="'desk'"):
            keys.renew(first.id)
        renewed = keys.recognise(keys.renew("desk"))
        assert renewed is not None
        assert renewed.id == second.id
        assert keys.in_use(first.id) is None


def test_keys_are_renewed_from_the_command_line(settings: Settings) -> None:
    before = isnad("keys", "create", "desk").out.strip()
    for named in ("desk", before.rpartition("_")[0] + "_…", before):
        after = isnad("keys", "renew", named)
        assert after.code == 0
        with open_keys(settings) as keys:
            assert keys.recognise(before) is None
            assert keys.recognise(after.out.strip()) is not None
        before = after.out.strip()
    assert isnad("keys", "renew", "nobody").code == 2


def test_a_key_has_256_random_bits_and_the_id_that_it_is_known_by(settings: Settings) -> None:
    with open_keys(settings) as keys:
        told = keys.create("desk", [Scope.READ])
        secret = keys.secrets("desk")[0]
    assert re.fullmatch(r"isnad_[0-9a-f]{8}_[A-Za-z0-9_-]{43}", told)
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    assert stat.S_IMODE((settings.data_dir / "keys.sqlite").stat().st_mode) == 0o600


def test_what_one_key_spends_on_one_day_is_of_that_key_and_day(settings: Settings) -> None:
    with open_keys(settings) as keys:
        for name in ("one", "other"):
            keys.create(name, [Scope.VERIFY], daily_tokens=100)
        one, other = keys.listing()
        keys.spend(one.id, 30)
        keys.spend(other.id, 1)
        with closing(sqlite3.connect(settings.data_dir / "keys.sqlite")) as file, file:
            file.execute("UPDATE isnad_spending SET day = '2016-03-15'")
        assert (keys.left(one.id), keys.left(other.id)) == (100, 100)
        keys.spend(one.id, 7)
        assert (keys.left(one.id), keys.left(other.id)) == (93, 100)
        with closing(sqlite3.connect(settings.data_dir / "keys.sqlite")) as file:
            rows = file.execute("SELECT key_id, tokens FROM isnad_spending WHERE day = '2016-03-15'").fetchall()
        assert sorted(rows) == sorted([(one.id, 30), (other.id, 1)])


@pytest.mark.parametrize(("hours", "in_force"), [(23.5, 2), (24.5, 1)])
def test_two_webhook_secrets_are_in_force_for_a_day_after_a_change(
    settings: Settings, hours: float, in_force: int
) -> None:
    with open_keys(settings) as keys:
        first = keys.secrets("desk")
        told = [*(keys.rotate("desk") for _ in range(2))]
        assert keys.secrets("desk") == (told[1], told[0])
        with closing(sqlite3.connect(settings.data_dir / "keys.sqlite")) as file, file:
            changed = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
            file.execute("UPDATE isnad_webhook_secrets SET made_at = ? WHERE secret = ?", (changed, told[1]))
            before = (datetime.now(UTC) - timedelta(days=3)).isoformat()
            file.execute("UPDATE isnad_webhook_secrets SET made_at = ? WHERE secret = ?", (before, told[0]))
        assert keys.secrets("desk") == (told[1], told[0])[:in_force]
        assert keys.secrets("another") != first


def test_the_tables_are_what_earlier_versions_made(settings: Settings) -> None:
    with open_keys(settings), closing(sqlite3.connect(settings.data_dir / "keys.sqlite")) as file:
        tables = {
            name: [(column[1], column[2], bool(column[3]), column[5]) for column in file.execute(query)]
            for name in ("isnad_keys", "isnad_spending", "isnad_webhook_secrets")
            if (query := f"PRAGMA table_info({name})")
        }
    assert tables == {
        "isnad_keys": [
            ("id", "VARCHAR(16)", True, 1),
            ("hash", "VARCHAR(64)", True, 0),
            ("key", "TEXT", True, 0),
            ("revoked_at", "VARCHAR(40)", False, 0),
        ],
        "isnad_spending": [
            ("key_id", "VARCHAR(16)", True, 1),
            ("day", "VARCHAR(10)", True, 2),
            ("tokens", "BIGINT", True, 0),
        ],
        "isnad_webhook_secrets": [
            ("key_id", "VARCHAR(16)", True, 1),
            ("made_at", "VARCHAR(40)", True, 2),
            ("secret", "VARCHAR(80)", True, 0),
        ],
    }


def test_many_may_come_first(places: Settings) -> None:
    together = Barrier(8, timeout=240)

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


def test_the_folder_is_made_with_all_that_leads_there(tmp_path: Path) -> None:
    with open_keys(Settings(data_dir=tmp_path / "a" / "b" / "c")) as keys:
        assert keys.none_was_made()


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
    assert "'all'" in isnad("keys", "create", "x", "--scopes", "all").err
    assert isnad("keys", "revoke", key).code == 0
    assert "revoked" in isnad("keys", "list").out


def test_keys_that_a_later_version_made_are_left_alone(places: Settings) -> None:
    with open_keys(places) as keys:
        with keys._writing() as connection:
            connection.execute(layouts.update().values(version=2))
        with pytest.raises(StoreError, match="layout 2, not 1"), open_keys(places):
            pytest.fail("opened keys of a later version")
        assert keys.none_was_made()
