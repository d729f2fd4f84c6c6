"""Paints front elevations: words -> pieces in metres -> a relief -> light -> a picture on pure black."""

from .picture import paint

__all__ = ["paint"]
