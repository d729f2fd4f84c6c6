"""What a child may say. Whatever else it says ends it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Ready(_Message):
    """The child has imported what it needs and given up the rest."""

    did: Literal["ready"]


class Call(_Message):
    """The model's code called a tool.

    Attributes:
        step: the step that the calling thread belongs to.
        call: tells calls apart.
        aside: whether other calls may come before the answer, as from `parallel_map`.
        item: keys of the items of `parallel_map` for which it is made, the outermost first; empty outside of one.
    """

    did: Literal["call"]
    step: int
    call: int
    tool: str
    args: list[JsonValue]
    kwargs: dict[str, JsonValue]
    aside: bool
    item: list[str] = Field(default_factory=list, max_length=8)


class Tell(_Message):
    """What became of an item of a `parallel_map`."""

    did: Literal["tell"]
    key: str
    label: str
    state: Literal["waiting", "running", "done", "failed"]
    detail: str
    seconds: float


class End(_Message):
    """A step is over.

    Attributes:
        logs: what it printed.
        output: its last value, or the final answer.
        final: whether it called final_answer.
        error: what it raised, in the interpreter's words; None where it raised nothing.
    """

    did: Literal["end"]
    step: int
    logs: str
    output: JsonValue = None
    final: bool = False
    error: str | None = None


Message = Ready | Call | Tell | End
_READ: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="did")])


def read_message(line: bytes) -> Message:
    """A line as a message.

    Raises:
        ValueError: it is none.
    """
    return _READ.validate_json(line)
