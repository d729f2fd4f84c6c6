"""The exit codes, which scripts can trust."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    COMPLETE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    STOPPED = 130
