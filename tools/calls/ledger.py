"""What every Space did so far, and what was learned about it: SQLite in the user's data folder, for all galleries."""

import contextlib
import itertools
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.errors import clean_text

_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, space TEXT NOT NULL, endpoint TEXT NOT NULL, outcome TEXT NOT NULL,
    queue_seconds REAL NOT NULL, run_seconds REAL NOT NULL, bytes INTEGER NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS calls_by_space ON calls (space, id);
CREATE TABLE IF NOT EXISTS lessons (
    space TEXT NOT NULL, lesson TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (space, lesson)
);
"""
# What fails where a table of ours has another program's columns.
_PROBES = {
    "calls": "SELECT id, space, endpoint, outcome, queue_seconds, run_seconds, bytes, at FROM calls LIMIT 1",
    "lessons": "SELECT space, lesson, at FROM lessons LIMIT 1",
}
# The Space is not to blame for these.
_NOT_ITS_FAULT = ("refused", "quota")
RECENT = 50
REST_AFTER = 5
REST_SECONDS = 120.0
MAX_REST_SECONDS = 3600.0
MAX_LESSONS = 8
MAX_LESSON_CHARACTERS = 160


@dataclass(frozen=True)
class Outcome:
    """How one attempt at a call ended: `outcome` is "ok" or a SpaceError kind; times in seconds."""

    space: str
    endpoint: str
    outcome: str
    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    bytes: int = 0
    at: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Record:
    """A Space's track record over its last calls.

    Attributes:
        calls, successes: how many, refusals and quota left out.
        median_seconds: of the calls that went well, queue and run; None without any.
        failures_in_a_row: up to now.
        resting_until: epoch seconds until which the Space is left alone, or None.
        last: epoch seconds of the last call.
    """

    space: str
    calls: int
    successes: int
    median_seconds: float | None
    failures_in_a_row: int
    resting_until: float | None
    last: float

    @property
    def rate(self) -> float:
        """The success rate, 0 to 1, drawn towards one half while there are few calls (Laplace's rule)."""
        return (self.successes + 1) / (self.calls + 2)


class Ledger:
    """The track record. One object may be shared by threads, one file by processes.

    A file that is no ledger, or a damaged one, is set aside under another name, and a new one is begun.

    Args:
        path: the database; by default `ledger.sqlite` in the user's data folder.

    Attributes:
        notice: one sentence about what was set aside; "" where nothing was.

    Raises:
        SplatelierError: nothing can be kept there.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path) if path else user_data_path("splatelier", appauthor=False) / "ledger.sqlite"
        self.notice = ""
        self._lock = threading.Lock()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = _opened(self.path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and not _is_odd(error):
                    raise
                aside = _set_aside(self.path)
                self.notice = (
                    f"The ledger {self.path} could not be read ({error}); it is kept as {aside.name}, and begun anew."
                )
                self._database = _opened(self.path)
        except (sqlite3.Error, OSError) as error:
            raise SplatelierError(
                f"The ledger {self.path} cannot be opened ({error}); move it away and it is begun anew."
            ) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._database
            except sqlite3.Error as error:
                raise SplatelierError(
                    f"The ledger {self.path} cannot be used ({error}); make room for it, or move it away."
                ) from error

    def close(self) -> None:
        """Close the database; nothing can be added afterwards."""
        with self._open() as database:
            database.close()

    def add(self, outcome: Outcome) -> None:
        """Note how a call ended."""
        row = (
            outcome.space,
            outcome.endpoint,
            outcome.outcome,
            outcome.queue_seconds,
            outcome.run_seconds,
            outcome.bytes,
            outcome.at,
        )
        with self._open() as database:
            database.execute(
                "INSERT INTO calls (space, endpoint, outcome, queue_seconds, run_seconds, bytes, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def record(self, space: str) -> Record:
        """The track record of a Space over its last 50 calls."""
        with self._open() as database:
            rows = database.execute(
                "SELECT outcome, queue_seconds + run_seconds, CAST(at AS REAL) FROM calls WHERE space = ?"
                " ORDER BY id DESC LIMIT ?",
                (space, RECENT),
            ).fetchall()
        judged = [row for row in rows if row[0] not in _NOT_ITS_FAULT]
        good = [seconds for outcome, seconds, _ in judged if outcome == "ok"]
        streak = next((i for i, row in enumerate(judged) if row[0] == "ok"), len(judged))
        return Record(
            space=space,
            calls=len(judged),
            successes=len(good),
            median_seconds=statistics.median(good) if good else None,
            failures_in_a_row=streak,
            resting_until=_rest(streak, judged[0][2]) if judged else None,
            last=rows[0][2] if rows else 0.0,
        )

    def records(self) -> list[Record]:
        """The track record of every Space that was ever called, or that there is a lesson about, by name."""
        with self._open() as database:
            known = database.execute("SELECT space FROM calls UNION SELECT space FROM lessons ORDER BY space")
            names = [row[0] for row in known]
        return [self.record(name) for name in names]

    def is_resting(self, space: str) -> bool:
        """Whether a Space failed so often in a row that it is left alone for now."""
        until = self.record(space).resting_until
        return until is not None and time.time() < until

    def rank(self, spaces: list[str]) -> list[str]:
        """Spaces, best first: awake before resting, then by success rate, then by median time; ties keep order."""
        now = time.time()

        def merit(space: str) -> tuple[bool, float, float]:
            found = self.record(space)
            resting = found.resting_until is not None and now < found.resting_until
            return resting, -round(found.rate, 2), found.median_seconds if found.median_seconds is not None else 60.0

        return sorted(spaces, key=merit)

    def learn(self, space: str, lesson: str) -> None:
        """Keep a short note about a Space; the oldest go when there are more than eight.

        Raises:
            SplatelierError: there is nothing in it.
        """
        note = clean_text(lesson, MAX_LESSON_CHARACTERS)
        if not note:
            raise SplatelierError("A lesson needs a few words; say what to do differently next time.")
        with self._open() as database:
            database.execute("INSERT OR REPLACE INTO lessons VALUES (?, ?, ?)", (space, note, time.time()))
            database.execute(
                "DELETE FROM lessons WHERE space = ? AND lesson NOT IN"
                " (SELECT lesson FROM lessons WHERE space = ? ORDER BY at DESC LIMIT ?)",
                (space, space, MAX_LESSONS),
            )

    def lessons(self, space: str) -> list[str]:
        """What was learned about a Space, oldest first."""
        with self._open() as database:
            rows = database.execute(
                "SELECT lesson FROM lessons WHERE space = ? ORDER BY at, rowid", (space,)
            ).fetchall()
        return [row[0] for row in rows]

    def forget(self, space: str) -> int:
        """Clear everything about a Space; gives how many calls and lessons that were."""
        with self._open() as database:
            calls = database.execute("DELETE FROM calls WHERE space = ?", (space,)).rowcount
            lessons = database.execute("DELETE FROM lessons WHERE space = ?", (space,)).rowcount
        return calls + lessons


def _opened(path: Path) -> sqlite3.Connection:
    """The database at `path`, checked from its first page to its last."""
    database = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
    try:
        database.text_factory = lambda raw: raw.decode(errors="replace")  # whatever a hand may have put there
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(" ".join(verdict.split()))
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            database.execute(_PROBES.get(table, "SELECT 1")).fetchone()
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.executescript(_SCHEMA)
    except BaseException:
        database.close()
        raise
    return database


def _is_odd(error: sqlite3.OperationalError) -> bool:
    """Whether a file is a database, but not one of ours; else it is the disk, or the lock, that is to blame."""
    return "no such column" in str(error) or "no such table" in str(error) or "has no column" in str(error)


def _set_aside(path: Path) -> Path:
    """Give a file, and what SQLite keeps beside it, a name that nobody has; gives that name."""
    for number in itertools.count(1):
        aside = path.with_name(f"{path.name}.unreadable-{number}")
        try:
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        for beside in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + beside).replace(aside.with_name(aside.name + beside))
        path.replace(aside)
        return aside
    raise AssertionError("numbers do not end")


def _rest(streak: int, last: float) -> float | None:
    """Until when a Space rests after `streak` failures in a row: longer each time, an hour at most."""
    if streak < REST_AFTER:
        return None
    return last + min(MAX_REST_SECONDS, REST_SECONDS * 2.0 ** (streak - REST_AFTER))
