"""What a person sees while the agent works: live lines in a terminal, plain ones elsewhere."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.markup import escape
from rich.prompt import Confirm
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from splatelier.tools.errors import printable
from splatelier.tools.progress import Update

_MARKS = {"done": "[green]✓[/]", "failed": "[red]✗[/]"}
_SHOWN_AT_ONCE = 12
_TICK_SECONDS = 0.125


class Display:
    """Prints what happens, as the onlooker of a run. Safe to call from several threads."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self._lock = threading.Lock()
        self._printing = threading.RLock()  # rich moves the cursor over what another thread is just printing
        self._running: dict[str, tuple[Update, float]] = {}
        self._doing = "planning"
        self._live: Live | None = None

    def say(self, text: str) -> None:
        """A line for the person, as it is."""
        self._print(printable(text), markup=False)

    def note(self, text: str) -> None:
        """A quiet line."""
        self._print(f"[dim]{escape(printable(text))}[/]")

    def error(self, text: str) -> None:
        """A line that says what went wrong."""
        self._print(f"[red]✗[/] {escape(printable(text))}")

    def _print(self, text: str, markup: bool = True) -> None:
        """Print a line; a terminal breaks it between words, a file or a pipe not at all."""
        with self._printing:
            self.console.print(text, markup=markup, soft_wrap=not self.console.is_terminal)

    def doing(self, text: str) -> None:
        """What the live line says while no piece of work reports."""
        self._doing = text

    def progress(self, update: Update) -> None:
        """Show a change in a piece of work: a live line while it runs, a kept one when it ended."""
        with self._lock:  # never while printing: the live display prints too, and asks for this lock
            fresh = update.key not in self._running
            if update.state in _MARKS:
                self._running.pop(update.key, None)
            else:
                began = time.monotonic() - update.seconds
                self._running[update.key] = (update, self._running.get(update.key, (update, began))[1])
        if update.state in _MARKS:
            self._print(f"  {_MARKS[update.state]} {_line(update, update.seconds)}")
        elif fresh and not self.console.is_terminal:
            self._print(f"  [dim]· {_line(update, 0)}[/]")

    @contextmanager
    def working(self) -> Iterator[None]:
        """Keep the live lines on screen while the block runs."""
        if not self.console.is_terminal:
            yield
            return
        stop = threading.Event()
        live = Live(self, console=self.console, auto_refresh=False, transient=True)

        def tick() -> None:
            while not stop.wait(_TICK_SECONDS):
                with self._printing:
                    live.refresh()

        try:
            with live:
                self._live = live
                ticking = threading.Thread(target=tick, daemon=True)
                ticking.start()
                try:
                    yield
                finally:
                    stop.set()
                    ticking.join()
        finally:
            self._live = None
            self._running.clear()

    def ask(self, question: str) -> bool:
        """Yes or no from the person; no where there is no terminal to ask at."""
        if not (self.console.is_terminal and sys.stdin.isatty()):
            return False
        with self._printing:
            return self._asked(question)

    def _asked(self, question: str) -> bool:
        if self._live:
            self._live.stop()
        try:
            return Confirm.ask(escape(printable(question)), console=self.console, default=False)
        finally:
            if self._live:
                self._live.start()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The live part: one line for each piece of work under way, or what the agent is at."""
        with self._lock:
            running = list(self._running.values())
        grid = Table.grid(padding=(0, 1))
        for update, started in running[:_SHOWN_AT_ONCE]:
            grid.add_row("", self._spinner, Text.from_markup(_line(update, time.monotonic() - started)))
        if len(running) > _SHOWN_AT_ONCE:
            grid.add_row("", "", Text(f"and {len(running) - _SHOWN_AT_ONCE} more", style="dim"))
        if not running:
            grid.add_row("", self._spinner, Text(self._doing, style="dim"))
        yield grid

    _spinner = Spinner("dots", style="yellow")


def _line(update: Update, seconds: float) -> str:
    detail = f" [dim]{escape(update.detail)}[/]" if update.detail else ""
    took = f" [dim]{seconds:.1f} s[/]" if seconds >= 0.05 else ""
    return f"{escape(update.label)}{detail}{took}"
