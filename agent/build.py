"""A stock CodeAgent over one gallery: our tools, our prompts, our checks."""

from collections.abc import Callable, Iterable
from typing import Any

from smolagents import ActionStep, AgentMemory, CodeAgent, LogLevel, Model, PythonExecutor, Tool

from splatelier.agent.prompts import prompt
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.site.render import site_problems
from splatelier.tools.toolset.check import CheckSite
from splatelier.tools.toolset.edits import AddItem, MoveItem, RemoveItem, RenameItem, ReplaceItem, SetGallery, SetStyle
from splatelier.tools.toolset.pictures import image_tools
from splatelier.tools.toolset.site import RenderSite
from splatelier.tools.toolset.splats import splat_tools
from splatelier.tools.workspace.workspace import Workspace

_MAX_STEPS = 24
_EDITS: tuple[Callable[[Workspace], Tool], ...] = (
    SetGallery,
    AddItem,
    ReplaceItem,
    RenameItem,
    RemoveItem,
    MoveItem,
    SetStyle,
    RenderSite,
    CheckSite,
)


def build_agent(
    workspace: Workspace,
    model: Model,
    executor: PythonExecutor,
    space_tools: Iterable[Tool],
    callbacks: Iterable[Callable[..., None]] = (),
    verbose: bool = False,
    sees: bool = False,
) -> CodeAgent:
    """The agent of one conversation. It remembers what was said; the gallery itself lives in `workspace`.

    Args:
        executor: where the code that the model writes runs.
    """
    tools = [
        *space_tools,
        *image_tools(workspace),
        *splat_tools(workspace),
        *(make(workspace) for make in _EDITS),
    ]

    def the_gallery_is_whole_and_rendered(_answer: object, _memory: AgentMemory, agent: Any) -> bool:  # noqa: ARG001
        problems = gallery_problems(workspace)
        if problems:
            raise SplatelierError(" ".join(problems))
        return True

    return CodeAgent(
        tools=tools,
        model=model,
        instructions=prompt(
            "instructions.md.j2",
            sees=sees,
            settings=Settings.model_fields,
            picture_prompt=prompt("picture.txt.j2", title="Eiffel Tower", place="Paris"),
        ),
        max_steps=_MAX_STEPS,
        executor=executor,
        final_answer_checks=[the_gallery_is_whole_and_rendered],
        step_callbacks={ActionStep: list(callbacks)},
        verbosity_level=LogLevel.INFO if verbose else LogLevel.OFF,
    )


def gallery_problems(workspace: Workspace) -> list[str]:
    """What keeps a gallery from being finished, one sentence each; an empty gallery has no problems."""
    gallery = load_gallery(workspace)
    missing = [
        f"{item.title} names {path!r}, which is not there; make it again or remove the piece."
        for item in gallery.items
        for path in (item.image, item.model, item.source, item.poster)
        if path is not None and not workspace.resolve(path).is_file()
    ]
    return missing or (site_problems(workspace) if gallery.items else [])
