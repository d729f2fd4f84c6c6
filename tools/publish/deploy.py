"""A gallery becomes a static Space: one commit with what changed, or none."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

import httpx2
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, get_token
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

from splatelier.tools.gallery.manifest import MANIFEST, Gallery, load_gallery, slugify
from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.publish.errors import NO_TOKEN, DeployError, read_only, said_plainly
from splatelier.tools.publish.live import USUAL_PATIENCE, Live, Patience, wait_until_live
from splatelier.tools.publish.readme import UsedSpace, used_spaces
from splatelier.tools.publish.release import (
    Address,
    Content,
    Release,
    build_release,
    changes_in_words,
    content_sha256,
    read,
)
from splatelier.tools.publish.remote import Changes, RemoteSpace, changes, look_at
from splatelier.tools.workspace.workspace import Workspace

_HELD_IN_MEMORY = 4 << 20  # bytes: larger files are read from disk while they are sent


@dataclass(frozen=True)
class Deployment:
    """What was published, or would be.

    Attributes:
        space: owner/name.
        url: the Space on the Hub.
        page: the page itself; empty for a Space that does not exist yet.
        message: the commit's title; empty when nothing had changed.
        commit: its id; None when nothing had changed, or nothing was sent yet.
        private: whether only the owner sees it.
        sent: the files that differ, by path.
        deleted: the files that are no longer part of it.
        unchanged: how many files were there already.
        bytes: the size of `sent`.
    """

    space: str
    url: str
    page: str
    message: str
    commit: str | None
    private: bool
    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int
    bytes: int


def deploy_gallery(
    workspace: Workspace,
    api: HfApi,
    space_id: str = "",
    private: bool = False,
    allowed: Callable[[str], bool] = lambda _: False,
    progress: Progress = silent,
    patience: Patience = USUAL_PATIENCE,
) -> Deployment:
    """Publish a gallery as a static Space, or bring the one that is there up to date.

    The commit is made on the state that was looked at: when somebody else was quicker, nothing happens.

    Args:
        space_id: owner/name, a name of one's own, or empty for one made from the title.
        private: whether a new Space is for its owner's eyes only; one that exists stays as it is.
        allowed: the person's word; it gets the question, and nothing is created or sent before it says yes.

    Raises:
        DeployError: the person said no, or the Hub did; one sentence that says what to do.
        SplatelierError: the gallery cannot be rendered.
    """
    space_id, question = permission_question(workspace, api, space_id, private)
    if not allowed(question):
        raise DeployError(
            f"Publishing to {space_id} was not allowed: say yes when asked, or run `splatelier deploy` with --yes."
        )
    with said_plainly(space_id), _ended(progress) as tell:
        remote = look_at(api, space_id)
        if remote.head is None:
            api.create_repo(space_id, repo_type="space", space_sdk="static", private=private, exist_ok=True)
            remote = look_at(api, space_id)
        release = _release(workspace, api, space_id, remote)
        difference = changes(space_id, remote, release.files)
        deployment = _deployment(api, space_id, remote, release, difference)
        if difference:
            tell(Update("deploy", f"{space_id}: {len(difference.send)} files", "running"))
            deployment = replace(deployment, commit=_commit(api, space_id, remote, release, deployment))
        live = Live(deployment.space, deployment.url, deployment.page, deployment.private)
        wait_until_live(api, live, content_sha256(release.files[MANIFEST]), tell, patience)
    return deployment


@contextmanager
def _ended(progress: Progress) -> Iterator[Progress]:
    """A progress of which everything that began also ends, well or not."""
    begun: dict[str, Update] = {}

    def tell(update: Update) -> None:
        begun[update.key] = update
        progress(update)

    def end(state: Literal["done", "failed"]) -> None:
        for update in begun.values():
            if update.state in ("running", "waiting"):
                progress(replace(update, state=state))

    try:
        yield tell
    except BaseException:
        end("failed")
        raise
    end("done")


def permission_question(workspace: Workspace, api: HfApi, space_id: str = "", private: bool = False) -> tuple[str, str]:
    """The Space's name in full, and what the person is asked before anything is published there.

    Raises:
        DeployError: nothing can be published there; says why.
    """
    gallery = load_gallery(workspace)
    with said_plainly(space_id):
        space_id = resolve_space(api, gallery, space_id)
        remote = look_at(api, space_id)
    hidden = remote.private if remote.head else private
    eyes = "for your eyes only" if hidden else "for everybody to see"
    return space_id, f"Publish “{gallery.title}” as the Space {space_id}, {eyes}?"


def plan_deployment(workspace: Workspace, api: HfApi, space_id: str = "", private: bool = False) -> Deployment:
    """What `deploy_gallery` would do; nothing is created, and nothing but questions is sent.

    Raises:
        DeployError, SplatelierError: as `deploy_gallery`.
    """
    with said_plainly(space_id):
        space_id = resolve_space(api, load_gallery(workspace), space_id)
        remote = look_at(api, space_id)
        if remote.head is None:
            remote = replace(remote, private=private)
        release = _release(workspace, api, space_id, remote)
        return _deployment(api, space_id, remote, release, changes(space_id, remote, release.files))


def resolve_space(api: HfApi, gallery: Gallery, space_id: str) -> str:
    """owner/name in full, for a token that may write.

    Raises:
        DeployError: there is no token, or it may only read.
    """
    if not isinstance(api.token or (get_token() if api.token is None else None), str):
        raise NO_TOKEN
    account = api.whoami()
    if account.get("auth", {}).get("accessToken", {}).get("role") == "read":
        raise read_only(account["name"])
    name = space_id or slugify(gallery.title)
    return name if "/" in name else f"{account['name']}/{name}"


def _release(workspace: Workspace, api: HfApi, space_id: str, remote: RemoteSpace) -> Release:
    spaces = [_used_space(api, workspace, name) for name in used_spaces(load_gallery(workspace))]
    page = remote.page or f"https://{space_id.replace('/', '-').lower()}.static.hf.space"
    return build_release(workspace, Address(api.endpoint, space_id, page), spaces, remote.owners)


def _used_space(api: HfApi, workspace: Workspace, name: str) -> UsedSpace:
    """A Space of the provenance with what the Hub knows of it; a Space that the Hub lacks is still named."""
    steps = (step for item in load_gallery(workspace).items for step in item.provenance)
    licence = next((step.licence for step in steps if step.space == name and step.licence), None)
    try:
        card = api.space_info(name).card_data
    except HfHubHTTPError:
        return UsedSpace(name, licence, known=False)
    models = card.models if card and isinstance(card.models, list) else []
    return UsedSpace(name, licence or (card.license if card else None), tuple(map(str, models)))


def _deployment(api: HfApi, space_id: str, remote: RemoteSpace, release: Release, difference: Changes) -> Deployment:
    return Deployment(
        space=space_id,
        url=f"{api.endpoint}/spaces/{space_id}",
        page=remote.page,
        message=changes_in_words(remote.gallery, release.gallery) if difference else "",
        commit=None,
        private=remote.private,
        sent=difference.send,
        deleted=difference.delete,
        unchanged=difference.unchanged,
        bytes=sum(len(read(release.files[path])) for path in difference.send),
    )


def _commit(api: HfApi, space_id: str, remote: RemoteSpace, release: Release, deployment: Deployment) -> str:
    # Buffers, not paths: the client sends paths by Xet only, and a Hub cannot tell it that it has none;
    # buffers go by large file storage, which every Hub understands.
    deletions = [CommitOperationDelete(path, is_folder=False) for path in deployment.deleted]
    lines = [f"+ {path}" for path in deployment.sent] + [f"- {path}" for path in deployment.deleted]
    try:
        with quiet_client(), ExitStack() as open_files:
            additions = [CommitOperationAdd(path, _buffer(release.files[path], open_files)) for path in deployment.sent]
            commit = api.create_commit(
                space_id,
                [*additions, *deletions],
                commit_message=deployment.message,
                commit_description="\n".join(lines),
                repo_type="space",
                parent_commit=remote.head,
            )
    except httpx2.TransportError as error:
        return _made_after_all(api, remote, deployment, error)
    return str(commit.oid)


def _buffer(content: Content, open_files: ExitStack) -> BinaryIO:
    if isinstance(content, Path) and content.stat().st_size > _HELD_IN_MEMORY:
        return open_files.enter_context(content.open("rb"))
    return io.BytesIO(read(content))


def _made_after_all(api: HfApi, remote: RemoteSpace, deployment: Deployment, error: httpx2.TransportError) -> str:
    """The commit's id, when the connection was lost after the Hub had made it.

    Raises:
        httpx2.TransportError: it was not made.
        DeployError: nobody can tell.
    """
    try:
        unchanged = api.space_info(deployment.space).sha == remote.head
        head = api.list_repo_commits(deployment.space, repo_type="space")[0]
    except (httpx2.TransportError, HfHubHTTPError) as silence:
        raise DeployError(
            f"The connection to the Hub was lost ({error}) while {deployment.space} was being published: "
            "publish again when it is back; what has arrived is not sent twice."
        ) from silence
    if unchanged or head.title != deployment.message:
        raise error
    return str(head.commit_id)


@contextmanager
def quiet_client() -> Iterator[None]:
    """Without the client's own bars and its remark that buffers do not go by Xet."""
    bars = not are_progress_bars_disabled()
    disable_progress_bars()
    logger = logging.getLogger("huggingface_hub._commit_api")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
        if bars:
            enable_progress_bars()
