"""The conversation: wishes in plain words, and a few commands that begin with a slash."""

import webbrowser
from collections.abc import Callable
from pathlib import Path

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import FileHistory
from rich.table import Table

from splatelier.agent.cli.display import Display
from splatelier.agent.cli.undo import do_again, take_back
from splatelier.agent.context.turns import Answer
from splatelier.agent.report import Status, write_report
from splatelier.agent.start import Studio
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.publish.plan import TRIAL
from splatelier.tools.site.serve import SiteServer


class Repl:
    """Talks with a person about one gallery until they leave."""

    def __init__(self, studio: Studio, display: Display) -> None:
        self.session = studio.session
        self.publisher = studio.publisher
        self.display = display
        self.server: SiteServer | None = None
        self.commands: dict[str, tuple[Callable[[str], None], str]] = {
            "/open": (self._open, "show the gallery in the browser; it follows every change"),
            "/items": (self._items, "the pieces, in order"),
            "/style": (self._style, "the settings that you changed; /style all explains every one"),
            "/deploy": (self._deploy, "publish it as a static Space: /deploy USER/NAME"),
            "/undo": (self._undo, "take back the last change, or as many as you say: /undo 2"),
            "/redo": (self._redo, "do it again"),
            "/help": (self._help, "this list"),
            "/quit": (self._quit, "leave; the gallery stays (Ctrl-D too)"),
        }

    def talk(self, first: str | None = None) -> None:
        """Carry out `first` if there is one, then whatever the person says."""
        history = Path(platformdirs.user_state_dir("splatelier", ensure_exists=True)) / "history"
        words: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)),
            completer=WordCompleter(list(self.commands), sentence=True),
            reserve_space_for_menu=len(self.commands),
        )
        try:
            if first:
                self.take(first)
            self.display.note(
                f"The gallery is in {self.session.workspace.root}; /open shows it. "
                "Say what to change (/help for commands, Ctrl-D to leave)."
            )
            while True:
                try:
                    self.take(words.prompt(HTML("<ansiyellow>splatelier</ansiyellow> › ")).strip())
                except KeyboardInterrupt:
                    continue
        except EOFError:
            self.display.note(f"The gallery is in {self.session.workspace.root}.")
        finally:
            if self.server:
                self.server.close()

    def take(self, line: str) -> bool:
        """One line of the person's; whether it was done."""
        if not line:
            return True
        try:
            return self._command(line) if line.startswith("/") else self._wish(line)
        except SplatelierError as error:
            self.display.error(str(error))
            return False

    def _command(self, line: str) -> bool:
        name, _, rest = line.partition(" ")
        command = self.commands.get(name)
        if command is None:
            raise SplatelierError(f"There is no {name}; the commands are {', '.join(self.commands)}.")
        command[0](rest.strip())
        return True

    def _wish(self, line: str) -> bool:
        with self.display.working():
            answer = self.session.ask(line)
        show_answer(answer, self.display)
        status = Status.COMPLETE if answer.ok else Status.STOPPED if answer.stopped else Status.FAILED
        write_report(self.session, status, "" if answer.ok else answer.text)
        return answer.ok

    def _open(self, _: str) -> None:
        site = self.session.workspace.root / "site"
        if not (site / "index.html").exists():
            raise SplatelierError("There is no site yet; ask for a gallery first.")
        self.server = self.server or SiteServer(site)
        self.display.say(self.server.url)
        webbrowser.open(self.server.url)

    def _items(self, _: str) -> None:
        table = Table("", "piece", "slug", "Gaussian splat", box=None, header_style="dim")
        for number, item in enumerate(load_gallery(self.session.workspace).items, 1):
            size = self.session.workspace.resolve(item.model).stat().st_size
            table.add_row(str(number), item.title, item.slug, f"{size / 1e6:.1f} MB")
        self.display.console.print(table)

    def _style(self, which: str) -> None:
        settings = load_gallery(self.session.workspace).settings
        fields = type(settings).model_fields
        same = [name for name, field in fields.items() if getattr(settings, name) == field.default]
        shown = list(fields) if which == "all" else [name for name in fields if name not in same]
        if shown:
            table = Table("setting", "now", "meaning", box=None, header_style="dim")
            for name in shown:
                table.add_row(name, str(getattr(settings, name)), fields[name].description or "")
            self.display.console.print(table)
        if which != "all":
            told = ", ".join(f"{name} {value}" for name in same if (value := getattr(settings, name)) != "")
            self.display.note(f"As at first: {told}. /style all says what each of them does.")

    def _deploy(self, space: str) -> None:
        with self.display.working():
            done = self.publisher.publish(space)
        self.display.say(f"{len(done.sent)} files sent, {done.unchanged} unchanged.")
        self.display.say(f"It is live: {done.page}")
        if done.trial:
            self.display.note(f"This is {TRIAL}.")

    def _undo(self, wishes: str) -> None:
        self.display.say(take_back(self.session.workspace, _count(wishes)))

    def _redo(self, wishes: str) -> None:
        self.display.say(do_again(self.session.workspace, _count(wishes)))

    def _help(self, _: str) -> None:
        self.display.say(
            'Say it in plain words: "make it zoomed out", "replace the obelisk", "the transition lingers".'
        )
        table = Table.grid(padding=(0, 2))
        for name, (_run, meaning) in self.commands.items():
            table.add_row(name, meaning)
        self.display.console.print(table)

    def _quit(self, _: str) -> None:
        raise EOFError


def _count(wishes: str) -> int:
    if wishes and not wishes.isdecimal():
        raise SplatelierError(f"{wishes!r} is no number of wishes; say /undo or /undo 2.")
    return int(wishes or 1)


def show_answer(answer: Answer, display: Display) -> None:
    """The answer in its own words, how long it took and what was asked of Spaces."""
    (display.say if answer.ok else display.error)(answer.text)
    told = {"calls": "calls to Spaces", "cache_hits": "from the cache", "retries": "retries"}
    asked = [f"{answer.spaces[name]} {words}" for name, words in told.items() if answer.spaces[name]]
    display.note(", ".join([f"{answer.seconds:.1f} s", *asked]))
