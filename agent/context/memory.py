"""What the model is sent again: each word once, pictures with the step that printed them, earlier wishes in brief."""

from smolagents import ActionStep, AgentMemory, CodeAgent, TaskStep

from splatelier.agent.context.sight import SHOWN

_SHORT = 700
"""Characters that are kept of an earlier wish's code and of each of its observations."""


def after_step(step: ActionStep, agent: CodeAgent) -> None:
    """A step callback: what was seen once is not sent again with every later request."""
    step.tool_calls = None  # the code stands in the model's own words; smolagents would send it twice
    for earlier in agent.memory.steps:
        if isinstance(earlier, ActionStep):
            earlier.observations_images = None
            if earlier.observations:  # it names the pictures, so they can be printed again
                earlier.observations = earlier.observations.replace(SHOWN, "[Pictures that were shown then: ")


def before_wish(memory: AgentMemory) -> None:
    """Before a new wish: of the one before it remain its words, and its code and observations cut short.

    The task says in a line each what the last wishes were and what came of them, in a reopened gallery too.
    """
    starts = [position for position, step in enumerate(memory.steps) if isinstance(step, TaskStep)]
    memory.steps = memory.steps[starts[-1] :] if starts else []
    for step in memory.steps:
        if isinstance(step, TaskStep):
            step.task = step.task.partition("<gallery>")[0].strip()
        elif isinstance(step, ActionStep):
            step.observations_images = None
            step.observations = _cut(step.observations)
            step.model_output = _cut(step.model_output) if isinstance(step.model_output, str) else step.model_output


def _cut(text: str | None) -> str | None:
    if text is None or len(text) <= _SHORT:
        return text
    half = _SHORT // 2
    return f"{text[:half]}\n[... {len(text) - _SHORT} characters ...]\n{text[-half:]}"
