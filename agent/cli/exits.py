"""The exit codes, which scripts can trust."""

from enum import IntEnum

from splatelier.agent.status import Status


class Exit(IntEnum):
    """How a command ended."""

    COMPLETE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    STOPPED = 130


AFTER = {
    Status.COMPLETE: Exit.COMPLETE,
    Status.PARTIAL: Exit.PARTIAL,
    Status.FAILED: Exit.FAILED,
    Status.NOT_PUBLISHED: Exit.FAILED,
    Status.STOPPED: Exit.STOPPED,
}
"""What a run ends with."""
