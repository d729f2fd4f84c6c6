"""Who may do what on the pocket Hub, and how much."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["read", "write"]


@dataclass(frozen=True)
class Account:
    """Somebody with a token.

    Attributes:
        name: the user's name; repositories of `name/` are theirs.
        token: what they send as `Authorization: Bearer`.
        role: a read token sees private repositories of its own, and changes nothing.
        gpu_seconds: ZeroGPU seconds a day, and left today.
    """

    name: str
    token: str
    role: Role = "write"
    gpu_seconds: tuple[float, float] = (300.0, 300.0)


@dataclass(frozen=True)
class Limits:
    """What the pocket Hub takes.

    Attributes:
        file_bytes: the largest single file.
        space_bytes: the largest Space that it runs; a bigger one ends in RUNTIME_ERROR.
        regular_bytes: the largest text file that goes into git itself rather than to large file storage.
        body_bytes: the largest body of a request other than an upload to large file storage.
        build_seconds: how long a pushed Space stays in BUILDING.
    """

    file_bytes: int = 512 << 20
    space_bytes: int = 1 << 30
    regular_bytes: int = 10 << 20
    body_bytes: int = 64 << 20
    build_seconds: float = 0.0
