"""What a person reads on the terminal, as a terminal shows it."""

import io
import threading
import time

import pyte
from rich.console import Console

from splatelier.agent.cli.display import Display
from splatelier.tools.progress import Update

COLUMNS, ROWS = 60, 120


def shown(text: str) -> list[str]:
    """The rows of a terminal to which `text` was written."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    return [row.rstrip() for row in screen.display]


def terminal() -> tuple[Display, io.StringIO]:
    written = io.StringIO()
    return Display(Console(file=written, force_terminal=True, width=COLUMNS, height=ROWS, highlight=False)), written


def test_a_result_is_never_written_over_however_many_threads_report() -> None:
    display, written = terminal()

    def work(number: int) -> None:
        display.progress(Update(str(number), f"piece {number}", "running"))
        time.sleep(number / 100)  # so that some end while the live lines are drawn anew
        display.progress(Update(str(number), f"piece {number}", "done"))

    with display.working():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    rows = shown(written.getvalue())
    assert sorted(row for row in rows if "✓" in row) == sorted(f"  ✓ piece {number}" for number in range(100))
    assert not [row for row in rows if "⠋" in row or "planning" in row]


def test_a_long_answer_is_broken_between_words() -> None:
    display, written = terminal()
    words = "The queen stands beside the king and both turn very slowly on a stage of the darkest green there is."
    display.say(words)
    rows = [row for row in shown(written.getvalue()) if row]
    assert len(rows) > 1
    assert " ".join(rows) == words
