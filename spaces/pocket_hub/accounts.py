"""Who may do what on the pocket Hub."""

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
