"""The answer cache: content-addressed, bounded, shared by processes, and honest about a file it cannot use."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from agent.answers import address_of, open_answers
from agent.answers.file import AnswerFile
from agent.config import Settings
from agent.errors import StoreError
from agent.storage.answers.store import SharedAnswers, open_shared

MEGABYTE = 1 << 20


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        self.now += 100
        return self.now


def key(n: int) -> bytes:
    return address_of("answer", str(n))


def test_an_answer_outlives_the_object_that_kept_it(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "new" / "answers.sqlite", MEGABYTE) as answers:
        answers.put(key(1), b"one")
    with AnswerFile(tmp_path / "new" / "answers.sqlite", MEGABYTE) as answers:
        assert answers.get(key(1)) == b"one"
        assert answers.get(key(2)) is None


def test_many_answers_are_read_at_once_and_absent_ones_are_absent(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers.put_many({key(n): str(n).encode() for n in range(1200)})
        found = answers.get_many(key(n) for n in range(1500))
    assert found == {key(n): str(n).encode() for n in range(1200)}


def test_a_later_answer_replaces_an_earlier_one(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers.put(key(1), b"one")
        answers.put(key(1), b"two")
        assert answers.get(key(1)) == b"two"


def test_addresses_depend_on_every_part_and_on_where_it_ends() -> None:
    assert address_of("ab", "c") != address_of("a", "bc")
    assert address_of("a", "") != address_of("a")
    assert address_of("\ud800") != address_of("?")


def test_the_file_stays_within_its_bound_and_the_least_recently_used_go(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE, clock=Clock()) as answers:
        for n in range(600):
            answers.put(key(n), os.urandom(4000))
            assert answers.get(key(0)) is not None
            assert answers.bytes_used <= MEGABYTE
        assert answers.get(key(1)) is None
        assert answers.get(key(599)) is not None


def test_an_answer_larger_than_the_cache_is_not_kept_and_harms_nothing(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers.put(key(1), bytes(2 * MEGABYTE))
        answers.put(key(2), b"two")
        assert answers.get(key(1)) is None
        assert answers.get(key(2)) == b"two"


def test_two_openings_of_one_file_see_each_others_answers(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as one, AnswerFile(tmp_path / "a", MEGABYTE) as other:
        one.put(key(1), b"one")
        other.put(key(2), b"two")
        assert (other.get(key(1)), one.get(key(2))) == (b"one", b"two")


def test_an_answer_that_was_put_survives_the_death_of_the_process(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from agent.answers import address_of
        from agent.answers.file import AnswerFile
        answers = AnswerFile(Path(sys.argv[1]), 1 << 20)
        for n in range(1000):
            answers.put(address_of("answer", str(n)), b"kept")
            print(n, flush=True)
    """)
    path = tmp_path / "a"
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    with child:
        assert child.stdout is not None
        last = next(int(line) for line in child.stdout if int(line) >= 50)
        child.send_signal(signal.SIGKILL)
    with AnswerFile(path, MEGABYTE) as answers:
        assert all(answers.get(key(n)) == b"kept" for n in range(last + 1))


@pytest.mark.parametrize("content", [b"this is no database at all", b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content * 20)
    with pytest.raises(StoreError, match=r"damaged.*Delete the file"):
        AnswerFile(tmp_path / "a", MEGABYTE)


def test_a_file_damaged_while_open_is_told_when_it_is_read(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers.put_many({key(n): os.urandom(3000) for n in range(100)})
    size = (tmp_path / "a").stat().st_size
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:4096] + os.urandom(size - 4096))
    with pytest.raises(StoreError, match="damaged"), AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers.get_many(key(n) for n in range(100))


def test_a_place_where_no_file_can_be_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="ISNAD_DATA_DIR"):
        AnswerFile(tmp_path / "file" / "a", MEGABYTE)
    with pytest.raises(StoreError, match="ISNAD_DATA_DIR"):
        AnswerFile(tmp_path, MEGABYTE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_directory_is_refused_by_name(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="writable"):
        AnswerFile(tmp_path / "a", MEGABYTE)


def test_a_full_disk_is_told_when_an_answer_is_put(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        answers._db.execute("PRAGMA max_page_count=8")
        with pytest.raises(StoreError, match="room on the disk"):
            answers.put(key(1), bytes(100_000))


def test_another_process_that_holds_the_file_is_waited_for(tmp_path: Path) -> None:
    with AnswerFile(tmp_path / "a", MEGABYTE) as answers:
        other = sqlite3.connect(tmp_path / "a")
        other.execute("BEGIN IMMEDIATE")
        assert answers.get(key(1)) is None
        other.rollback()
        other.close()
        answers.put(key(1), b"one")
        assert answers.get(key(1)) == b"one"


def test_answers_that_are_shared_are_kept_within_their_bound_and_the_least_recently_used_go(shared: Settings) -> None:
    with open_shared(shared, MEGABYTE) as opened:
        answers = SharedAnswers(opened._database, MEGABYTE, clock=Clock())
        for n in range(400):
            answers.put(key(n), os.urandom(4000))
            assert answers.get(key(0)) is not None
            assert answers.bytes_used <= MEGABYTE
        assert answers.get(key(1)) is None
        assert answers.get(key(399)) is not None
        counted = opened._database.number("SELECT sum(octet_length(value) + 120) FROM answers")
        assert answers.bytes_used == counted


def test_what_one_machine_was_answered_another_reads(shared: Settings, tmp_path: Path) -> None:
    small = shared.model_copy(update={"answer_cache_mb": 1})
    elsewhere = small.model_copy(update={"data_dir": tmp_path / "elsewhere"})
    with open_answers(small) as one, open_answers(elsewhere) as other:
        assert one is not None
        assert other is not None
        one.put_many({key(n): bytes([n % 256, 0]) for n in range(1200)})
        one.put(key(1), b"another")
        found = other.get_many(key(n) for n in range(1500))
        assert found == {key(n): bytes([n % 256, 0]) for n in range(1200)} | {key(1): b"another"}
        other.put(key(2), bytes(2 * MEGABYTE))
        assert one.get_many([key(2), key(3)]) == {}


def test_without_a_cache_there_are_no_answers(shared: Settings) -> None:
    with open_answers(shared.model_copy(update={"answer_cache": False})) as answers:
        assert answers is None
