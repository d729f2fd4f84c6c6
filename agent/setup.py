"""What a person may choose about a run."""

from dataclasses import dataclass, field

from splatelier.tools.calls.budget import Budget


@dataclass(frozen=True)
class Setup:
    """What a person chose for a run; None and empty mean the defaults.

    Attributes:
        model: `offline`, or a model id.
        base_url: an OpenAI-compatible server for the model.
        api_key: that server's key.
        spaces: Spaces by id, Hub address or server address, in order of preference.
        offline: use the Spaces and the Hub of this machine, whatever else is there, and its planner where no model is
            named.
        verbose: print what the LLM writes.
        sees: show the model the pictures that the agent prints the paths of; None asks defaults.yaml whether it
            takes any, and who looks for it where it does not. False sends pictures to no model.
        require_sandbox: refuse to run where the model's code cannot be confined.
        budget: what the run may ask of Spaces; None is no limit.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = None
    spaces: list[str] = field(default_factory=list)
    offline: bool = False
    verbose: bool = False
    sees: bool | None = None
    require_sandbox: bool = False
    budget: Budget | None = None
