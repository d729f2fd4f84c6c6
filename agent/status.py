"""How a wish or a run ended, in the words of report.json."""

from enum import StrEnum


class Status(StrEnum):
    """How a wish or a run ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_PUBLISHED = "not published"
    STOPPED = "stopped"
