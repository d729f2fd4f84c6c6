"""Monuments of the rest of the world."""
