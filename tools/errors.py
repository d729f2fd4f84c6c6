"""The base of every error that is meant for a person."""


class SplatelierError(Exception):
    """One sentence that names the thing, says what is wrong with it and what to do."""
