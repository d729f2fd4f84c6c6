"""The base of every error that is meant for a person, and what a person's terminal may be given."""

import re

_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def printable(text: str) -> str:
    """Text without what would move a terminal's cursor, change its colours or turn its lines round; lines stay."""
    return _CONTROL.sub("", text)


class SplatelierError(Exception):
    """One sentence that names the thing, says what is wrong with it and what to do."""

    def __str__(self) -> str:
        return printable(super().__str__())  # the thing may have been named by a stranger
