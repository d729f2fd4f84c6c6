"""Undo and redo as a person has them: the manifest goes back or forth, the site follows, and a sentence says so."""

from splatelier.agent.whole import settle
from splatelier.tools.gallery import history
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.workspace import Workspace


def take_back(workspace: Workspace, wishes: int = 1) -> str:
    """Take back the newest wishes; says which, and what the gallery is now.

    Raises:
        SplatelierError: there is nothing to take back.
    """
    with locked(workspace, "undo"):
        moved = history.undo(workspace, wishes)
        settle(workspace, moved.gallery)
    return _told("Undone", moved)


def do_again(workspace: Workspace, wishes: int = 1) -> str:
    """Do again what was undone last; says what, and what the gallery is now.

    Raises:
        SplatelierError: there is nothing to do again.
    """
    with locked(workspace, "redo"):
        moved = history.redo(workspace, wishes)
        settle(workspace, moved.gallery)
    return _told("Done again", moved)


def _told(verb: str, moved: history.Moved) -> str:
    wishes = ", ".join(f"“{wish}”" for wish in moved.wishes)
    gallery = moved.gallery
    count = len(gallery.items) if gallery else 0
    state = (
        f"{gallery.title}, {count} {'piece' if count == 1 else 'pieces'}, zoom {gallery.settings.zoom:g}"
        if gallery and count
        else "the gallery is empty"
    )
    return " ".join([f"{verb}{' ' if wishes else ''}{wishes}: {state}.", *moved.notes])
