"""Splat files, one format a module."""
