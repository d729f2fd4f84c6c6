"""Kinds of building, composed from the words that describe them."""
