"""The track record of the Spaces, told to a person or a script."""

import json
import time

import typer
from rich.console import Console
from rich.table import Table

from splatelier.tools.calls.ledger import Ledger, Record


def show_record(as_json: bool) -> None:
    """Print what is known of every Space."""
    ledger = _ledger()
    records = ledger.records()
    lessons = {record.space: ledger.lessons(record.space) for record in records}
    ledger.close()
    if as_json:
        typer.echo(json.dumps([_as_json(record, lessons[record.space]) for record in records], indent=2))
    elif not records:
        typer.echo("No Space has been called yet.")
    else:
        Console().print(_table(records, lessons))


def forget_space(space: str) -> bool:
    """Clear everything that is known about a Space; whether there was anything."""
    ledger = _ledger()
    cleared = ledger.forget(space)
    ledger.close()
    if cleared:
        typer.echo(f"Forgot {cleared} calls and lessons of {space}.")
    else:
        typer.echo(f"Nothing is known about {space!r}; `splatelier spaces` lists what is.", err=True)
    return bool(cleared)


def _ledger() -> Ledger:
    ledger = Ledger()
    if ledger.notice:
        typer.echo(ledger.notice, err=True)
    return ledger


def _table(records: list[Record], lessons: dict[str, list[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Space", overflow="fold")
    for column in ("calls", "good", "median", "last"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("lessons", overflow="fold")
    for record in records:
        table.add_row(
            record.space,
            str(record.calls),
            f"{100 * record.successes / record.calls:.0f} %" if record.calls else "",
            f"{record.median_seconds:.1f} s" if record.median_seconds is not None else "",
            _ago(time.time() - record.last),
            _state(record),
            "; ".join(lessons[record.space]),
        )
    return table


def _state(record: Record) -> str:
    if record.resting_until is not None and record.resting_until > time.time():
        return f"resting for {(record.resting_until - time.time()) / 60:.0f} min"
    return f"{record.failures_in_a_row} failed in a row" if record.failures_in_a_row > 1 else ""


def _ago(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit} ago"
    return "just now"


def _as_json(record: Record, lessons: list[str]) -> dict[str, object]:
    return {
        "space": record.space,
        "calls": record.calls,
        "successes": record.successes,
        "median_seconds": record.median_seconds,
        "failures_in_a_row": record.failures_in_a_row,
        "resting_until": record.resting_until,
        "last": record.last,
        "lessons": lessons,
    }
