"""What a run needs, started and stopped together: the gallery's folder, the Spaces, the model."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from huggingface_hub import constants, get_token

from splatelier.agent.cli.display import Display
from splatelier.agent.cli.options import Setup
from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.defaults import load_defaults
from splatelier.agent.models import choose_model
from splatelier.agent.session import Session
from splatelier.spaces.launcher import OfflineSpaces, OfflineSpacesError
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.errors import SplatelierError
from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.spaces.trust import PUBLIC_HUB
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace


@contextmanager
def session_in(
    folder: Path, setup: Setup, display: Display, allowed: Callable[[str], bool] | None = None
) -> Iterator[Session]:
    """A session over the gallery in `folder`, with its Spaces connected; everything started here is stopped after.

    Args:
        allowed: asks whether something may be published; without it the agent has no tool for that.

    Raises:
        SplatelierError: no model, no Space or, where it is required, no sandbox can be had; says what to do.
    """
    choice = choose_model("offline" if setup.offline else setup.model, setup.base_url, setup.api_key)
    if choice.note:
        display.note(choice.note)
    with ExitStack() as stack:
        endpoint, token, named = _hub(setup, display, stack)
        workspace = Workspace(folder)
        hub = Hub(endpoint, token)
        toolbox = SpaceToolbox(workspace, hub, Ledger(), display.progress, setup.budget)
        stack.callback(toolbox.close)
        executor = ConfinedExecutor(display.progress, toolbox.cancel)  # it starts while the Spaces are connected
        stack.callback(executor.cleanup)
        if executor.room.lacks and setup.require_sandbox:
            raise SplatelierError(f"--require-sandbox cannot be kept: {executor.room.lacks}.")
        if executor.room.lacks:
            display.note(f"Beware: {executor.room.lacks}.")
        with display.working():
            toolbox.connect(named)
        publisher = Publisher(workspace, hub.publisher(), allowed, display.progress)
        yield Session(workspace, choice.model, executor, toolbox, publisher, display, setup.verbose, setup.sees)


def _hub(setup: Setup, display: Display, stack: ExitStack) -> tuple[str, str | None, list[str]]:
    """Which Hub with which token, and the Spaces: what the person named, else the defaults, else this machine's."""
    token = get_token()
    moved = constants.ENDPOINT.rstrip("/") != PUBLIC_HUB
    if not setup.offline and (setup.spaces or moved or token):
        return constants.ENDPOINT, token, setup.spaces or load_defaults().spaces
    display.note("Starting the Spaces of this machine.")
    try:
        house = stack.enter_context(OfflineSpaces())
    except OfflineSpacesError as error:
        raise SplatelierError(str(error)) from error
    return house.endpoint, house.token, [*setup.spaces, *house.spaces]
