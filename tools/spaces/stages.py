"""Where a Space stands on the Hub, as huggingface_hub's SpaceStage spells it, and where a call to a Space does."""

from dataclasses import dataclass

# A request to a sleeping Space wakes it.
WAKING = frozenset({"SLEEPING", "BUILDING", "RUNNING_BUILDING", "APP_STARTING", "RUNNING_APP_STARTING"})
BROKEN = frozenset({"BUILD_ERROR", "RUNTIME_ERROR", "CONFIG_ERROR", "NO_APP_FILE", "PAUSED", "STOPPED", "DELETING"})


def in_words(stage: str) -> str:
    """A stage as a person says it: "running building"."""
    return stage.lower().replace("_", " ")


@dataclass(frozen=True)
class Standing:
    """Where a call stands: whether its turn has come, and its place in the queue or its progress in a few words."""

    running: bool
    words: str
