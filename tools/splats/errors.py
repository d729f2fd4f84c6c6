"""The error of everything below tools/splats."""

from splatelier.tools.errors import SplatelierError


class SplatError(SplatelierError):
    """A splat file or an operation on splats that cannot be done, in one sentence for a person."""
