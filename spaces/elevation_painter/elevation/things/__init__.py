"""Kinds of thing, composed from the words that describe them."""
