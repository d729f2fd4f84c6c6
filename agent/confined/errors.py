"""A tool's error on its way to the model's code, where its class is not known. Standard library only."""

import builtins
from typing import Any

from splatelier.agent.confined.plain import NotPlain, plain


def described(error: BaseException) -> dict[str, Any]:
    """An error as plain data: its class's name, the built-in class it descends from, its words and its attributes."""
    facts: dict[str, Any] = {}
    for name, value in vars(error).items():
        if name.startswith("_"):
            continue
        try:
            facts[name] = plain(value, name)
        except NotPlain:
            continue  # what is no plain data is no business of the code's
    return {"type": type(error).__name__, "base": _builtin(error), "text": str(error), "facts": facts}


def revived(described: dict[str, Any]) -> Exception:
    """An error with the same class name, words and attributes, that `except` catches by the same built-in class."""
    base = getattr(builtins, described["base"])
    text = described["text"]
    kind = type(described["type"], (base,), {"__str__": lambda _: text})
    error: Exception = kind(text)
    vars(error).update(described["facts"])
    return error


def _builtin(error: BaseException) -> str:
    """The nearest built-in class that is made from one string."""
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins" and issubclass(kind, Exception) and not issubclass(kind, UnicodeError):
            return kind.__name__
    return "ValueError" if isinstance(error, UnicodeError) else "Exception"
