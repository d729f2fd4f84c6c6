"""Splats drawn in software."""
