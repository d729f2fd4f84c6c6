"""Sentences about which pieces there are, read by rules: build, add, replace, remove, rename, move, and the words."""

import re

from splatelier.agent.offline.pieces import NUMBER, QUOTES, bare, find_item, number
from splatelier.agent.offline.subjects import Piece, Theme, every, piece_named, theme_in
from splatelier.agent.offline.wishes import Add, Build, Move, Remove, Rename, Replace, Shown, Wish, Words
from splatelier.tools.gallery.manifest import slugify

_THINGS = r"(?:pieces?|items?|monuments?|objects?|things?|products?|sculptures?|splats?|buildings?|temples?|works?)"


def read_structure(text: str, shown: Shown) -> Wish | None:
    """The wish about the gallery's pieces or words in a sentence on one line, or None."""
    for read in (_build, _words, _rename, _replace, _move, _remove, _add):
        wish = read(text, shown)
        if wish is not None:
            return wish
    return None


_ASKED = re.compile(
    r"(?:please |can you |could you |i(?:'d like| want)(?: you)?(?: to)? )?"
    r"(?:build|make|create|generate|design|show)\b(?: me| us)?(.*)",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"galler|museum|showroom|exhibition|collection|site\b", re.IGNORECASE)
_EXACT = re.compile(r"exactly these pieces, in this order: (.+?)(?:\. Already set|$)")
_LISTED = re.compile(r"\b(?:with\b(?: an?)?|of|showing|featuring)\b\s+(.+)", re.IGNORECASE)
_COUNTED = re.compile(rf"\b{NUMBER} (?:\w+ )?{_THINGS}\b", re.IGNORECASE)


def _build(text: str, _: Shown) -> Build | None:
    asked = _ASKED.match(text)
    if not asked or not _GALLERY.search(asked[1]):
        return None
    theme = theme_in(asked[1].split(" with ")[0]) or theme_in(asked[1])
    exact, listed, counted = _EXACT.search(text), _LISTED.search(text), _COUNTED.search(text)
    names, beyond = (_names(exact[1]), ()) if exact else _subjects(listed[1]) if listed else ([], ())
    if names and not (theme and _only_theme(names, theme)) and not (counted and len(names) == 1):
        pieces = [piece_named(name)[0] for name in names]
        title = theme.title if theme else _title(text, pieces)
        subtitle = f"{len(pieces)} pieces" if len(pieces) > 1 else "One piece"
        return Build(pieces, theme.place if theme else "", title, subtitle, beyond=beyond)
    if theme is None:
        return None
    wanted = number(counted[1]) if counted else len(theme.pieces)
    pieces = every(theme)[:wanted]
    subtitle = theme.subtitle if len(pieces) == len(theme.pieces) else f"{len(pieces)} pieces"
    return Build(pieces, theme.place, theme.title, subtitle, short_of=wanted - len(pieces), beyond=beyond)


def _only_theme(names: list[str], theme: Theme) -> bool:
    return len(names) == 1 and theme_in(names[0]) is theme and slugify(names[0]) not in map(slugify, theme.names[2:])


def _title(text: str, pieces: list[Piece]) -> str:
    about = re.search(
        r"(?:3d )?((?:[\w-]+ ){0,3}?(?:gallery|museum|showroom|exhibition|collection))", text, re.IGNORECASE
    )
    words = [
        word
        for word in (about[1] if about else "").split()
        if word.lower() not in {"a", "an", "the", "3d", "build", "make", "me"}
    ]
    return " ".join(words).capitalize() if len(words) > 1 else " & ".join(piece.title for piece in pieces[:2])


def _replace(text: str, shown: Shown) -> Replace | None:
    match = re.search(
        r"\b(?:replace|swap|exchange|change)\b(?: out)? (.+?) (?:with|for|by|to|into) (.+)", text, re.IGNORECASE
    )
    if not match:
        return None
    slug = find_item(match[1], shown)
    if slug is None:
        return None
    wanted = match[2].strip(QUOTES)
    if re.match(
        r"(?:something|anything|another|one|a)\b.*\b(?:better|else|different|sturdier|other|one|piece|monument)\b|something\b",
        wanted,
        re.IGNORECASE,
    ):
        return Replace(slug, None)
    return Replace(slug, piece_named(bare(wanted))[0])


_OF_THE_LOOK = re.compile(
    r"\b(?:zoom|transition|speed|fog|mist|contrast|brand|logo|thumbnails|counter|credits|tour|reflections?|vignette|"
    r"captions?|text|words|light)\b",
    re.IGNORECASE,
)


def _add(text: str, _: Shown) -> Add | None:
    match = re.match(r"(?:please |also |and )*(?:add|include|put in)\b (.+)", text, re.IGNORECASE)
    if not match or _OF_THE_LOOK.search(match[1]):
        return None
    names, beyond = _subjects(
        re.sub(r"\s+(?:to|in|into) (?:the|this|my) (?:gallery|collection|show)\w*$", "", match[1], flags=re.IGNORECASE)
    )
    return Add([piece_named(name)[0] for name in names], beyond) if names else None


def _remove(text: str, shown: Shown) -> Remove | None:
    match = re.match(r"(?:please )?(?:remove|delete|drop|take out|get rid of|lose)\b (.+)", text, re.IGNORECASE)
    slug = find_item(match[1], shown) if match else None
    return Remove(slug) if slug else None


def _rename(text: str, shown: Shown) -> Rename | None:
    match = re.match(r"(?:please )?(?:rename|call|name)\b (.+?) (?:to|as|into) (.+)", text, re.IGNORECASE) or re.match(
        r"(?:please )?(?:call|name)\b (.+?) [\"“'](.+)[\"”']$", text, re.IGNORECASE
    )
    slug = find_item(match[1], shown) if match else None
    return Rename(slug, match[2].strip(QUOTES)) if match and slug else None


_MOVED = re.compile(
    r"(?:please )?(?:move|put|place|show)\b (.+?) "
    r"(?:(first|last|at the (?:end|start|beginning|front))"
    rf"|(?:to (?:position|place|number) |to #?){NUMBER}"
    r"|(before|after) (.+))$",
    re.IGNORECASE,
)
_TO_THE = re.compile(r"\bto the (?:(first|last)|(end|start|beginning|front))(?: (?:place|position))?$", re.IGNORECASE)


def _move(text: str, shown: Shown) -> Move | None:
    match = _MOVED.match(_TO_THE.sub(lambda to: to[1] or f"at the {to[2]}", text))
    slug = find_item(match[1], shown) if match else None
    if not match or slug is None:
        return None
    if match[3]:
        return Move(slug, number(match[3]))
    if match[4]:
        other = find_item(match[5], shown)
        order = [known for known in shown.titles if known != slug]
        return Move(slug, order.index(other) + (1 if match[4].lower() == "before" else 2)) if other in order else None
    last = match[2].lower() in {"last", "at the end"}
    return Move(slug, len(shown.titles) if last else 1)


def _words(text: str, _: Shown) -> Words | None:
    match = re.search(
        r"\b(title|subtitle)\b(?: of (?:the|this) gallery)?(?: to| as| be| is| should be|:)? [\"“']?(.+?)[\"”']?$",
        text,
        re.IGNORECASE,
    )
    if match and re.search(r"\b(change|set|make|give|use|another|new|title|subtitle)\b", text, re.IGNORECASE):
        new = re.sub(r"^(?:to|as|be|called|:)\s+", "", match[2], flags=re.IGNORECASE).strip(QUOTES)
        larger = re.fullmatch(r"(?:\w+ )?(?:bigger|larger|smaller)", new, re.IGNORECASE)
        return Words({match[1].lower(): new}) if new and not larger else None
    match = re.match(
        r"(?:please )?(?:call|name|rename|title) (?:it|this|the gallery)(?: to| as)? (.+)", text, re.IGNORECASE
    )
    return Words({"title": match[1].strip(QUOTES)}) if match else None


_CLAUSE = re.compile(
    r"^(?:then|afterwards|at (?:most|least)|(?:no|not) more than|up to|less than|fewer than|with(?:out)?|keep|using|"
    r"use|make|(?:each|every) (?:piece|one)|refine|mesh|simplify|turn (?:it|them)|read|translate|so that|but|as mesh)\b"
    r"|\b(?:kept|refined|removed|simplified|textured|meshed|translated|limited)$"
    r"|\b[\d.,]+ ?k? (?:faces|triangles|polygons|vertices|gaussians|pixels|px|mb|megabytes)\b",
    re.IGNORECASE,
)


def _subjects(listed: str) -> tuple[list[str], tuple[str, ...]]:
    """The subjects of a list, and what stands between them that names none: how they are to be made."""
    names = _names(listed)
    return [name for name in names if not _CLAUSE.search(name)], tuple(name for name in names if _CLAUSE.search(name))


def _names(listed: str) -> list[str]:
    parts = re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s*&\s*", listed.strip(" ."))
    names = [bare(part) for part in parts]
    return [
        name[:1].upper() + name[1:]
        for name in names
        if name and not re.fullmatch(rf"{NUMBER}(?: \w+)* {_THINGS}", name, re.IGNORECASE)
    ]
