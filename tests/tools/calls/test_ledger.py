"""The ledger: a track record that several processes share, that ranks Spaces, rests them and remembers lessons."""

import multiprocessing
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from splatelier.tools.calls.ledger import MAX_LESSONS, REST_AFTER, Ledger, Outcome
from splatelier.tools.errors import SplatelierError
from tests.tools.space_apps.serving import Bench

pytestmark = pytest.mark.slow


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "deep" / "ledger.sqlite")


def note(ledger: Ledger, space: str, *outcomes: str, seconds: float = 1.0, at: float | None = None) -> None:
    for outcome in outcomes:
        ledger.add(Outcome(space, "/run", outcome, 0.0, seconds, 10, time.time() if at is None else at))


def test_a_space_that_succeeds_more_often_ranks_higher_and_then_the_faster_one(ledger: Ledger) -> None:
    note(ledger, "a/slow", *["ok"] * 8, seconds=9)
    note(ledger, "a/fast", *["ok"] * 8, seconds=2)
    note(ledger, "a/poor", *["ok", "timeout"] * 4)
    assert ledger.rank(["a/poor", "a/slow", "a/new", "a/fast"]) == ["a/fast", "a/slow", "a/poor", "a/new"]


def test_spaces_that_nobody_knows_keep_their_order(ledger: Ledger) -> None:
    assert ledger.rank(["c/c", "a/a", "b/b"]) == ["c/c", "a/a", "b/b"]


def test_refusals_and_quota_are_not_the_spaces_fault(ledger: Ledger) -> None:
    note(ledger, "a/a", "ok", *["refused", "quota"] * 10)
    record = ledger.record("a/a")
    assert (record.calls, record.successes, record.failures_in_a_row) == (1, 1, 0)
    assert record.resting_until is None


def test_a_space_that_keeps_failing_rests_longer_each_time_and_is_then_tried_again(ledger: Ledger) -> None:
    long_ago = time.time() - 1000
    note(ledger, "a/a", *["unreachable"] * (REST_AFTER - 1), at=long_ago)
    assert ledger.record("a/a").resting_until is None
    note(ledger, "a/a", "timeout", at=long_ago)
    first = ledger.record("a/a").resting_until
    assert first is not None
    assert not ledger.is_resting("a/a")  # that rest is over
    note(ledger, "a/a", "timeout")
    assert ledger.is_resting("a/a")
    assert ledger.rank(["a/a", "b/b"]) == ["b/b", "a/a"]
    note(ledger, "a/a", "ok")
    assert not ledger.is_resting("a/a")


def test_the_rest_of_a_space_that_keeps_failing_doubles_up_to_an_hour(ledger: Ledger) -> None:
    now = time.time()
    rests = []
    for _ in range(REST_AFTER + 7):
        note(ledger, "a/a", "unreachable", at=now)
        until = ledger.record("a/a").resting_until
        rests.append(None if until is None else round(until - now))
    assert rests == [None] * (REST_AFTER - 1) + [120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_lessons_are_cleaned_and_the_oldest_make_room(ledger: Ledger) -> None:
    ledger.learn("a/a", " needs <b>an image</b>\x00 on black ")
    assert ledger.lessons("a/a") == ["needs an image on black"]
    for number in range(MAX_LESSONS):
        ledger.learn("a/a", f"lesson {number}")
    assert ledger.lessons("a/a") == [f"lesson {number}" for number in range(MAX_LESSONS)]


def test_an_empty_lesson_is_refused(ledger: Ledger) -> None:
    with pytest.raises(SplatelierError, match="few words"):
        ledger.learn("a/a", "<p> </p>")


def test_forgetting_clears_one_space_only(ledger: Ledger) -> None:
    note(ledger, "a/a", "ok", "ok")
    note(ledger, "b/b", "ok")
    ledger.learn("a/a", "is slow")
    assert ledger.forget("a/a") == 3
    assert [record.space for record in ledger.records()] == ["b/b"]
    assert ledger.forget("a/a") == 0


def test_what_was_written_is_there_in_the_next_run(ledger: Ledger) -> None:
    note(ledger, "a/a", "ok")
    ledger.close()
    assert Ledger(ledger.path).record("a/a").successes == 1


def _write_many(path: str) -> None:
    ledger = Ledger(path)
    for _ in range(100):
        ledger.add(Outcome("a/a", "/run", "ok"))
        ledger.learn("a/a", "shared")


def test_several_processes_write_at_once_and_nothing_is_lost(ledger: Ledger) -> None:
    workers = [
        multiprocessing.get_context("spawn").Process(target=_write_many, args=(str(ledger.path),)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    _write_many(str(ledger.path))
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    with sqlite3.connect(ledger.path) as database:
        assert database.execute("SELECT count(*) FROM calls").fetchone() == (400,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger.lessons("a/a") == ["shared"]


def test_a_place_where_nothing_can_be_kept_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.mkdir()
    with pytest.raises(SplatelierError, match=r"ledger\.sqlite cannot be opened"):
        Ledger(path)


def no_database(path: Path) -> None:
    path.write_bytes(b"this is not a database at all, \xff\xfe" * 50)


def cut_in_the_middle(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def pages_overwritten(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def another_programs(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE calls (number TEXT)")


@pytest.mark.parametrize("breaks", [no_database, cut_in_the_middle, pages_overwritten, another_programs])
def test_a_ledger_that_cannot_be_read_is_set_aside_whole_and_begun_anew(
    tmp_path: Path, breaks: Callable[[Path], None]
) -> None:
    path = tmp_path / "ledger.sqlite"
    before = Ledger(path)
    for number in range(200):
        note(before, f"space/{number}", "ok", "timeout")
    before.close()
    breaks(path)
    broken = path.read_bytes()

    ledger = Ledger(path)
    assert ledger.notice.startswith(f"The ledger {path} could not be read (")
    assert ledger.notice.endswith("it is kept as ledger.sqlite.unreadable-1, and begun anew.")
    assert (tmp_path / "ledger.sqlite.unreadable-1").read_bytes() == broken
    note(ledger, "a/a", "ok")
    ledger.close()
    again = Ledger(path)
    assert (again.notice, again.record("a/a").successes) == ("", 1)
    again.close()

    breaks(path)
    assert "unreadable-2" in Ledger(path).notice
    assert (tmp_path / "ledger.sqlite.unreadable-1").read_bytes() == broken


def test_what_a_hand_wrote_into_the_ledger_breaks_no_question(ledger: Ledger) -> None:
    note(ledger, "a/a", "ok")
    with sqlite3.connect(ledger.path) as database:
        database.execute("UPDATE calls SET at = 'yesterday', run_seconds = 'long', outcome = CAST(x'ff' AS TEXT)")
        database.execute("INSERT INTO lessons VALUES ('a/a', CAST(x'6e6ff1' AS TEXT), 'now')")
    assert ledger.record("a/a").calls == 1
    assert ledger.lessons("a/a") == ["no\ufffd"]
    assert ledger.rank(["a/a", "b/b"])
    assert not ledger.is_resting("a/a")
    assert [record.space for record in ledger.records()] == ["a/a"]


def test_a_ledger_that_cannot_be_written_says_so_in_one_sentence(ledger: Ledger) -> None:
    with sqlite3.connect(ledger.path, isolation_level=None) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON calls BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(SplatelierError, match=r"ledger\.sqlite cannot be used \(no room\); make room"):
        note(ledger, "a/a", "ok")


def test_a_run_says_that_the_ledger_was_set_aside(tmp_path: Path) -> None:
    no_database(tmp_path / "ledger.sqlite")
    bench = Bench(tmp_path)
    assert [update.label for update in bench.updates] == [bench.box.ledger.notice]
    assert "unreadable-1" in bench.updates[0].label
    bench.box.close()
