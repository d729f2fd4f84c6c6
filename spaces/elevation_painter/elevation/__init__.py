"""Paints front elevations: words -> pieces in metres -> a relief -> light -> a picture on pure black."""

from .picture import paint, paint_subject
from .subject import UnknownSubjectError, everything, find_subject

__all__ = ["UnknownSubjectError", "everything", "find_subject", "paint", "paint_subject"]
