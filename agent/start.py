"""What a run needs, started and stopped together: the gallery's folder, the Spaces, the model, the Hub."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi, constants, get_token

from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room
from splatelier.agent.defaults import load_defaults
from splatelier.agent.models import choose_eye, choose_model
from splatelier.agent.session import Session
from splatelier.agent.setup import Setup
from splatelier.spaces.launcher import SPACES, OfflineSpaces, OfflineSpacesError
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.errors import SplatelierError
from splatelier.tools.progress import Onlooker
from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.redact import hide
from splatelier.tools.spaces.hub import Hub, publishing_api
from splatelier.tools.spaces.trust import PUBLIC_HUB, Trust
from splatelier.tools.toolset.publish import DeploySite
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace


@dataclass(frozen=True)
class Studio:
    """A conversation that has begun, and how its gallery is published."""

    session: Session
    publisher: Publisher


@contextmanager
def studio_in(
    folder: Path, setup: Setup, onlooker: Onlooker, allowed: Callable[[str], bool] | None = None
) -> Iterator[Studio]:
    """A session over the gallery in `folder`, with its Spaces connected; everything started here is stopped after.

    What the run knows of secrets is hidden from then on in everything that is written.

    Args:
        allowed: asks a person whether something may be published; without it the agent has no tool for that.

    Raises:
        SplatelierError: no model, no Space or, where it is required, no sandbox can be had; says what to do.
    """
    hide(setup.api_key, setup.base_url, *_addresses(setup.spaces))
    by_rules = setup.offline and setup.model is None and setup.base_url is None
    choice = choose_model("offline" if by_rules else setup.model, setup.base_url, setup.api_key)
    if choice.note:
        onlooker.note(choice.note)
    room = find_room(setup.require_sandbox)
    if room.lacks:
        onlooker.note(f"Beware: {room.lacks}.")
    with ExitStack() as stack:
        endpoint, token, named = _hub(setup, onlooker, stack)
        hide(token, *_addresses(named))
        workspace = Workspace(folder)
        hub = Hub(endpoint, token)
        toolbox = SpaceToolbox(workspace, hub, Ledger(), onlooker.progress, setup.budget)
        stack.callback(toolbox.close)
        executor = ConfinedExecutor(room, onlooker.progress, toolbox.cancel)  # starts while the Spaces are connected
        stack.callback(executor.cleanup)
        toolbox.connect(named)
        publisher = Publisher(workspace, hub.publisher(), allowed, onlooker.progress)
        tools = [DeploySite(publisher)] if allowed else []
        sees = choice.sees if setup.sees is None else setup.sees
        eye = None if setup.offline else choose_eye(choice, setup.sees)
        if eye:
            onlooker.note(f"Pictures are sent to {eye.model}, which says what they show; not with --no-sees.")
        session = Session(workspace, choice.model, executor, toolbox, tools, onlooker, setup.verbose, sees, eye)
        yield Studio(session, publisher)


@contextmanager
def hub_for_publishing(offline: bool) -> Iterator[HfApi]:
    """The Hub that HF_ENDPOINT names with the person's token, or the pocket Hub of this machine.

    Raises:
        SplatelierError: the token would travel in the clear, or the pocket Hub cannot be started.
    """
    if not offline:
        yield publishing_api(Trust(constants.ENDPOINT, get_token()))
        return
    with _at_home(OfflineSpaces(folders={})) as house:
        yield publishing_api(Trust(house.endpoint, house.token))


def _hub(setup: Setup, onlooker: Onlooker, stack: ExitStack) -> tuple[str, str | None, list[str]]:
    """Which Hub with which token, and the Spaces: what the person named, else the defaults, else this machine's."""
    token = get_token()
    moved = constants.ENDPOINT.rstrip("/") != PUBLIC_HUB
    only_ours = bool(setup.spaces) and set(setup.spaces) <= set(SPACES)
    if not setup.offline and not only_ours and (setup.spaces or moved or token):
        return constants.ENDPOINT, token, setup.spaces or load_defaults().spaces
    onlooker.note("Starting the Spaces of this machine.")
    house = stack.enter_context(_at_home(OfflineSpaces()))
    return house.endpoint, house.token, list(dict.fromkeys([*setup.spaces, *house.spaces]))


def _addresses(spaces: list[str]) -> list[str]:
    """Those of the Spaces that are named by an address, which may hold a password."""
    return [space for space in spaces if "://" in space]


@contextmanager
def _at_home(spaces: OfflineSpaces) -> Iterator[OfflineSpaces]:
    try:
        with spaces as house:
            yield house
    except OfflineSpacesError as error:
        raise SplatelierError(str(error)) from error
