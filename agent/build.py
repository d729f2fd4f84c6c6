"""A stock CodeAgent over one gallery: our tools, our prompts, our checks."""

from collections.abc import Callable, Iterable
from typing import Any

from smolagents import (
    ActionStep,
    AgentMemory,
    CodeAgent,
    LogLevel,
    Model,
    PythonExecutor,
    Tool,
)
from smolagents.agents import EMPTY_PROMPT_TEMPLATES, PromptTemplates

from splatelier.agent.context.memory import after_step
from splatelier.agent.prompts import prompt
from splatelier.agent.whole import gallery_problems
from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.likeness import Eye
from splatelier.tools.progress import Progress, silent
from splatelier.tools.toolset.check import CheckSite
from splatelier.tools.toolset.edits import edit_tools, settings_in_words
from splatelier.tools.toolset.pictures import image_tools
from splatelier.tools.toolset.site import RenderSite
from splatelier.tools.toolset.splats import splat_tools
from splatelier.tools.workspace.workspace import Workspace

_MAX_STEPS = 24


def build_agent(
    workspace: Workspace,
    model: Model,
    executor: PythonExecutor,
    space_tools: Iterable[Tool],
    callbacks: Iterable[Callable[..., None]] = (),
    verbose: bool = False,
    sees: bool = False,
    eye: Eye | None = None,
    progress: Progress = silent,
) -> CodeAgent:
    """The agent of one conversation. It remembers what was said; the gallery itself lives in `workspace`.

    Args:
        executor: where the code that the model writes runs.
        sees: the model takes pictures.
        eye: looks at pictures for a model that does not.
        progress: hears what takes a while and is no call to a Space.
    """
    tools = [
        *space_tools,
        *image_tools(workspace, eye),
        *splat_tools(workspace),
        *edit_tools(workspace),
        RenderSite(workspace),
        CheckSite(workspace, progress),
    ]

    def the_gallery_is_whole_and_rendered(_answer: object, _memory: AgentMemory, agent: Any) -> bool:  # noqa: ARG001
        problems = gallery_problems(workspace)
        if problems:
            raise SplatelierError(" ".join(problems))
        return True

    return CodeAgent(
        tools=tools,
        model=model,
        prompt_templates=_templates(sees, eye is not None, "deploy_site" in {tool.name for tool in tools}),
        max_steps=_MAX_STEPS,
        executor=executor,
        final_answer_checks=[the_gallery_is_whole_and_rendered],
        step_callbacks={ActionStep: [*callbacks, after_step]},
        verbosity_level=LogLevel.INFO if verbose else LogLevel.OFF,
    )


def _templates(sees: bool, asks: bool, publishes: bool) -> PromptTemplates:
    """smolagents' templates with our system prompt, which is filled in anew with the tools of each wish."""
    system = prompt(
        "system.md.j2",
        sees=sees,
        asks=asks,
        publishes=publishes,
        settings=settings_in_words(),
        picture_prompt=prompt("picture.txt.j2", title="Eiffel Tower", place="Paris"),
    )
    return PromptTemplates(**{**EMPTY_PROMPT_TEMPLATES, "system_prompt": system})
