"""The ledger: a track record that several processes share, that ranks Spaces, rests them and remembers lessons."""

import multiprocessing
import sqlite3
import time
from pathlib import Path

import pytest

from splatelier.tools.calls.ledger import MAX_LESSONS, REST_AFTER, Ledger, Outcome
from splatelier.tools.errors import SplatelierError


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


def test_a_file_that_is_no_database_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("this is not a database at all, " * 50)
    with pytest.raises(SplatelierError, match=r"ledger\.sqlite cannot be opened"):
        Ledger(path)
