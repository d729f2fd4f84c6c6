"""A smolagents Model that plans by rules: it stands in where there is no LLM, for galleries only, and says so.

It is given the same conversation as an LLM, finds the person's wish and the manifest in the newest task, looks at the
observations since, and answers with the code of the next step.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from smolagents import ChatMessage, MessageRole, Model

from splatelier.agent.offline.pieces import find_item
from splatelier.agent.offline.reading import read_wishes
from splatelier.agent.offline.subjects import Piece, every, piece_named, theme_of, themes
from splatelier.agent.offline.wishes import (
    Add,
    Aside,
    Build,
    Details,
    Frame,
    History,
    Move,
    Remove,
    Rename,
    Replace,
    Reply,
    Shown,
    Style,
    Wish,
    Words,
)
from splatelier.agent.prompts import prompt
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import UNTITLED, slugify
from splatelier.tools.gallery.settings import Settings

_ATTEMPTS = 2


class CannotPlan(SplatelierError):
    """The rules do not reach this wish; the text says what they reach."""


@dataclass(frozen=True)
class Conversation:
    """What matters of the messages: the wish, the gallery it is about, and what happened since it was said."""

    request: str
    shown: Shown
    observations: list[str]

    @property
    def made(self) -> list[str]:
        """Titles of the pieces made since the wish was said."""
        return [title for text in self.observations for title in re.findall(r"^MADE (.+)$", text, re.MULTILINE)]

    @property
    def failed(self) -> dict[str, str]:
        """Why pieces were not made, by title; without those that were made later."""
        found = [
            pair for text in self.observations for pair in re.findall(r"^FAILED (.+?) \| (.*)$", text, re.MULTILINE)
        ]
        return {title: why for title, why in found if title not in self.made}

    @property
    def rendered(self) -> bool:
        """Whether the last step ended with a rendered site."""
        return bool(self.observations) and "\nRENDERED " in self.observations[-1]


class OfflineModel(Model):  # type: ignore[misc]
    """Plans galleries by rules, without a network or a token."""

    def __init__(self) -> None:
        super().__init__(model_id="offline rules")

    def generate(self, messages: list[ChatMessage], *_: Any, **__: Any) -> ChatMessage:
        """The next step's code for the conversation so far.

        Raises:
            CannotPlan: the wish is beyond the rules, or the steps so far leave nothing to try.
        """
        conversation = read_conversation(messages)
        wishes = read_wishes(conversation.request, conversation.shown)
        if not wishes:
            raise CannotPlan(prompt("offline/cannot.txt.j2", themes=[theme.label for theme in themes().values()]))
        thought, code = next_step(wishes[0], conversation)
        return ChatMessage(role=MessageRole.ASSISTANT, content=f"Thought: {thought}\n<code>\n{code}\n</code>")


def read_conversation(messages: list[ChatMessage]) -> Conversation:
    """Find the newest task and what was observed since."""
    texts = [_text(message) for message in messages]
    start = max(position for position, text in enumerate(texts) if text.startswith("New task:"))
    request, _, rest = texts[start].removeprefix("New task:").partition("<gallery>")
    told, _, rest = rest.partition("</gallery>")
    manifest = json.loads(told or "{}")
    titles = {item["slug"]: item["title"] for item in manifest.get("items", [])}
    shown = Shown(
        titles,
        Settings.model_validate(manifest.get("settings", {})),
        title if (title := manifest.get("title")) != UNTITLED else "",
        {item["slug"]: item["caption"] for item in manifest.get("items", [])},
        _named_last(rest.partition("<earlier>")[2].partition("</earlier>")[0], titles),
    )
    since = zip(messages[start + 1 :], texts[start + 1 :], strict=True)
    return Conversation(
        request.strip(), shown, [text for message, text in since if message.role == MessageRole.TOOL_RESPONSE]
    )


def _named_last(earlier: str, titles: Mapping[str, str]) -> str | None:
    """The piece that was named last: the one of the newest line in which just one piece is."""
    for line in reversed(earlier.splitlines()):
        wish, _, came = line.partition(" -> ")
        for said in (wish, came):
            one = find_item(said, Shown(titles))
            full = [slug for slug, title in titles.items() if title.lower() in said.lower()]
            if one is not None and len(full) < 2:  # a list of pieces names none
                return one
    return None


def next_step(wish: Wish, so_far: Conversation) -> tuple[str, str]:
    """A thought and the code that carries `wish` on from where the observations say it stands."""
    if so_far.rendered:
        return "The site is rendered.", f"final_answer({_summary(wish, so_far)!r})"
    _stop_if_stuck(so_far)
    match wish:
        case Build(pieces=pieces, place=place):
            return _make(pieces, place, so_far) or _assemble(wish, pieces, so_far)
        case Add(pieces=pieces):
            return _make(pieces, _place(so_far), so_far) or _assemble(None, pieces, so_far)
        case Replace(slug=slug, piece=piece):
            new = piece or _stand_in(slug, so_far)
            return _make([new], _place(so_far), so_far) or (
                "The new piece takes the old one's place.",
                prompt("offline/replace.py.j2", slug=repr(slug), title=repr(new.title)),
            )
        case Reply(text=text):
            return "That is a question; nothing is to be changed.", f"final_answer({text!r})"
        case History(how=how, wishes=wishes):
            return "The history has it.", prompt("offline/history.py.j2", how=how, wishes=wishes)
        case _:
            return "Taste is in the manifest: change it there and render again.", _edit(wish, so_far)


def _make(pieces: list[Piece], place: str, so_far: Conversation) -> tuple[str, str] | None:
    """The step that makes what is still to be made, or None when nothing is or it was tried often enough."""
    attempt = len(so_far.observations)
    missing = [piece for piece in pieces if piece.title not in so_far.made]
    if not missing or attempt >= _ATTEMPTS:
        return None
    told = [
        {
            "title": piece.title,
            "caption": piece.caption,
            "prompt": prompt("picture.txt.j2", title=piece.title, place=piece_named(piece.title)[1] or place),
            "seed": 7 + attempt,
        }
        for piece in missing
    ]
    thought = f"{len(told)} to make: picture, splat, upright, framing, compressed, side by side."
    again = "Some did not work; I try those again with another seed."
    return (again if attempt else thought), prompt("offline/make.py.j2", pieces=_lines(told), first=not attempt)


def _assemble(build: Build | None, pieces: list[Piece], so_far: Conversation) -> tuple[str, str]:
    titles = [piece.title for piece in pieces if piece.title in so_far.made]
    if not titles:
        raise CannotPlan(
            f"None of the pieces could be made ({next(iter(so_far.failed.values()), 'no Space answered')})."
        )
    words = {"title": "", "subtitle": ""}
    if build and not so_far.shown.title:
        words = {"title": repr(build.title), "subtitle": repr(build.subtitle)}
    return "Put the pieces into the gallery and render it.", prompt(
        "offline/assemble.py.j2", titles=repr(titles), **words
    )


def _edit(wish: Wish, so_far: Conversation) -> str:
    match wish:
        case Style(changes=changes):
            edits: list[tuple[str, dict[str, object]]] = [("set_style", dict(changes))]
        case Words(changes=words):
            edits = [("set_gallery", dict(words))]
        case Remove(slug=slug):
            edits = [("remove_item", {"slug": slug})]
        case Rename(slug=slug, title=title):
            edits = [("rename_item", {"slug": slug, "title": title})]
        case Move(slug=slug, position=position):
            edits = [("move_item", {"slug": slug, "position": position})]
        case Frame():
            edits = [("frame_item", asdict(wish))]
        case Details(details=details):
            edits = [("set_details", {"details": dict(details)})]
        case Aside(slug=slug, side=side):
            edits = [("rename_item", {"slug": slug, "caption_position": side})]
        case _:
            raise AssertionError(wish)
    render = bool(so_far.shown.titles)
    return prompt("offline/edit.py.j2", edits=edits, render=render, summary=_summary(wish, so_far))


def _summary(wish: Wish, so_far: Conversation) -> str:
    lost = (
        f" Not made: {', '.join(f'{title} ({why})' for title, why in so_far.failed.items())}." if so_far.failed else ""
    )
    match wish:
        case Build(title=title, short_of=short, beyond=beyond):
            more = f" That is {short} fewer than you asked for: I know no more by name." if short > 0 else ""
            return f"{title}: {_listed(so_far.made)}.{more}{lost}{_not_done(beyond)}"
        case Add(beyond=beyond):
            return f"Added {_listed(so_far.made)}.{lost}{_not_done(beyond)}"
        case Replace(slug=slug):
            return f"{_listed(so_far.made)} now stands where {so_far.shown.titles[slug]} stood."
        case Style(changes=changes):
            before = so_far.shown.settings.model_dump()
            told = (f"{name.replace('_', ' ')} {before[name]} → {value}" for name, value in changes.items())
            return "; ".join(told).capitalize() + "."
        case Words(changes=words):
            return "; ".join(f"{name} is now {value!r}" for name, value in words.items()).capitalize() + "."
        case Remove(slug=slug):
            return f"{so_far.shown.titles[slug]} is out; /undo brings it back."
        case Rename(slug=slug, title=title):
            return f"{so_far.shown.titles[slug]} is now called {title}."
        case Move(slug=slug, position=position):
            return f"{so_far.shown.titles[slug]} is now number {position}."
        case Frame(slug=slug):
            return f"{so_far.shown.titles[slug]} is seen anew; the others stand as they stood."
        case Aside(slug=slug, side=side):
            where = "below it" if side == "below" else f"on its {side}"
            return f"The words of {so_far.shown.titles[slug]} stand {where}; the others where they stood."
        case Details(details=details):
            told = (f"{so_far.shown.titles[slug]}: {detail}" for slug, detail in details.items())
            return f"Now said beside them: {'; '.join(told)}."
        case _:
            raise AssertionError(wish)


def _not_done(beyond: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{clause}"' for clause in beyond)
    return f" Not done, since I plan by rules and know none for it: {quoted}." if beyond else ""


def _stop_if_stuck(so_far: Conversation) -> None:
    errors = [text for text in so_far.observations if "Error:\n" in text]
    if errors:
        said = errors[-1].partition("Error:\n")[2].partition("\nNow let's retry")[0].strip()
        reason = re.sub(r"^Code execution failed at line .*? due to: \w+: ", "", said, flags=re.DOTALL)
        raise CannotPlan(f"That did not work: {(reason.splitlines() or ['a step failed'])[0]}")


def _stand_in(slug: str, so_far: Conversation) -> Piece:
    """A piece of the same theme that is not shown yet and is not slender."""
    theme = theme_of(list(so_far.shown.titles))
    for piece in every(theme) if theme else []:
        if slugify(piece.title) not in so_far.shown.titles and piece.title not in (theme.slender if theme else []):
            return piece
    raise CannotPlan(
        f"I know no other piece for this gallery; say which: 'replace the {slug.replace('-', ' ')} with ...'."
    )


def _place(so_far: Conversation) -> str:
    theme = theme_of(list(so_far.shown.titles))
    return theme.place if theme else ""


def _listed(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def _lines(values: list[dict[str, object]]) -> str:
    return "[\n" + "".join(f"    {value!r},\n" for value in values) + "]"


def _text(message: ChatMessage) -> str:
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part["text"] for part in message.content or [] if part.get("type") == "text")
