"""A gallery becomes a static Space: one commit with what changed, or none, on the state that was asked about."""

import hashlib
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Literal

import httpx2
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

from splatelier.tools.gallery.manifest import MANIFEST
from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.publish.errors import DeployError, said_plainly, somebody_else
from splatelier.tools.publish.last import remember
from splatelier.tools.publish.live import USUAL_PATIENCE, Live, Patience, wait_until_live
from splatelier.tools.publish.plan import TRIAL, Permission, Plan, plan_deployment
from splatelier.tools.publish.release import PAGE, PUBLISHED, Address, Content, build_release
from splatelier.tools.publish.remote import look_at
from splatelier.tools.workspace.workspace import Workspace

_HELD_IN_MEMORY = 4 << 20  # bytes: larger files are read from disk while they are sent


@dataclass(frozen=True)
class Deployment(Plan):
    """A plan that was carried out.

    Attributes:
        commit: the id of its commit; None when nothing had changed.
    """

    commit: str | None

    def summary(self) -> dict[str, str | int]:
        """What to tell of it, as plain data."""
        return {
            "space": self.space,
            "url": self.url,
            "page": self.page,
            "where": TRIAL if self.trial else "the Hugging Face Hub",
            "message": self.message or "nothing had changed",
            "sent": len(self.sent),
            "deleted": len(self.deleted),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True)
class Publisher:
    """Publishes one gallery with one account.

    Attributes:
        allowed: asks the person; without it nobody can be asked, and only what is permitted beforehand is published.
    """

    workspace: Workspace
    api: HfApi
    allowed: Callable[[str], bool] | None = None
    progress: Progress = silent
    patience: Patience = USUAL_PATIENCE

    def publish(self, space_id: str = "", private: bool | None = None) -> Deployment:
        """Ask the person, and publish: as `deploy_gallery`."""
        allowed = self.allowed or (lambda _: False)
        return deploy_gallery(self.workspace, self.api, space_id, private, allowed, self.progress, self.patience)

    def publish_permitted(self, permission: Permission) -> Deployment:
        """Publish what was permitted beforehand, exactly; a name without an owner is one of the account's own.

        Raises:
            DeployError: it would be another Space or for other eyes, or as `carry_out`.
        """
        plan = plan_deployment(self.workspace, self.api, permission.space, permission.private)
        if "/" not in permission.space:
            permission = replace(permission, space=f"{plan.space.partition('/')[0]}/{permission.space}")
        return carry_out(self.workspace, self.api, plan, permission, self.progress, self.patience)


def deploy_gallery(
    workspace: Workspace,
    api: HfApi,
    space_id: str = "",
    private: bool | None = None,
    allowed: Callable[[str], bool] = lambda _: False,
    progress: Progress = silent,
    patience: Patience = USUAL_PATIENCE,
) -> Deployment:
    """Publish a gallery as a static Space, or bring the one that is there up to date, when the person says yes.

    Args:
        space_id: owner/name, a name of one's own, or empty for one made from the title.
        private: as `plan_deployment`.
        allowed: the person's word; it gets the plan's question, and nothing is created or sent before it says yes.

    Raises:
        DeployError: the person said no, or the Hub did; one sentence that says what to do.
        SplatelierError: the gallery cannot be rendered.
    """
    plan = plan_deployment(workspace, api, space_id, private)
    permission = plan.permission if allowed(plan.question) else None
    return carry_out(workspace, api, plan, permission, progress, patience)


def carry_out(
    workspace: Workspace,
    api: HfApi,
    plan: Plan,
    permission: Permission | None,
    progress: Progress = silent,
    patience: Patience = USUAL_PATIENCE,
) -> Deployment:
    """Do what was planned, on the state that was planned for: when somebody else was quicker, nothing happens.

    Raises:
        DeployError: there is no permission for exactly this, the Space or the gallery is another one than when it was
            planned, or the Hub refused.
    """
    if permission is None:
        raise DeployError(
            f"Publishing to {plan.space} was not allowed: say yes when asked, or run `splatelier deploy` with --yes."
        )
    if permission != plan.permission:
        raise DeployError(f"The permission is for {permission}, and this would be {plan.permission}: ask for that.")
    commit = None
    with _ended(progress) as tell:
        if plan.message:
            tell(Update("deploy", f"{plan.space}: {len(plan.sent)} files", "running"))
        if plan.head is None:
            plan = _created(workspace, api, plan)
        if plan.message:
            commit = _commit(api, plan)
        live = Live(plan.space, plan.url, plan.page, plan.private)
        remember(workspace, api.endpoint, plan.space)
        wait_until_live(api, live, plan.release.published.files[MANIFEST], tell, patience)
    return Deployment(**vars(plan), commit=commit)


def _created(workspace: Workspace, api: HfApi, plan: Plan) -> Plan:
    """The plan for the Space that this creates, whose address only the Hub knows.

    Raises:
        DeployError: somebody else created it first, or the gallery's files have changed.
    """
    with said_plainly(plan.space):
        try:
            api.create_repo(plan.space, repo_type="space", space_sdk="static", private=plan.private)
        except HfHubHTTPError as error:
            if error.response.status_code == 409:
                raise somebody_else(plan.space) from error
            raise
    remote = look_at(api, plan.space)
    if remote.head is None or not remote.fresh or remote.private != plan.private:
        raise somebody_else(plan.space)
    to = Address(api.endpoint, plan.space, remote.page)
    release = build_release(workspace, to, plan.spaces, gallery=plan.release.gallery)
    before, now = plan.release.published.files, release.published.files
    for path in {*before, *now} - {PAGE}:  # the page names its own address
        if before.get(path) != now.get(path):
            raise _changed(plan, path)
    return replace(plan, head=remote.head, page=remote.page, release=release)


def _changed(plan: Plan, path: str) -> DeployError:
    return DeployError(
        f"{path} is not what it was when you were asked, so nothing was published to {plan.space}: publish again."
    )


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


def _commit(api: HfApi, plan: Plan) -> str:
    # Buffers, not paths: the client sends paths by Xet only, and a Hub cannot tell it that it has none;
    # buffers go by large file storage, which every Hub understands.
    lines = [f"+ {path}" for path in plan.sent] + [f"- {path}" for path in plan.deleted]
    with ExitStack() as open_files:
        buffers = {path: _buffer(plan, path, open_files) for path in plan.sent}
        with said_plainly(plan.space), quiet_client():
            additions = [CommitOperationAdd(path, buffer) for path, buffer in buffers.items()]
            deletions = [CommitOperationDelete(path, is_folder=False) for path in plan.deleted]
            try:
                commit = api.create_commit(
                    plan.space,
                    [*additions, *deletions],
                    commit_message=plan.message,
                    commit_description="\n".join(lines),
                    repo_type="space",
                    parent_commit=plan.head,
                )
            except httpx2.TransportError as error:
                return _made_after_all(api, plan, error)
    return str(commit.oid)


def _buffer(plan: Plan, path: str, open_files: ExitStack) -> BufferedReader | io.BytesIO:
    """A file of the release, opened, with the contents that were planned.

    Raises:
        DeployError: it has changed since.
    """
    content: Content = plan.release.files[path]
    try:
        if isinstance(content, Path) and content.stat().st_size > _HELD_IN_MEMORY:
            buffer: BufferedReader | io.BytesIO = open_files.enter_context(content.open("rb"))
        else:
            buffer = io.BytesIO(content if isinstance(content, bytes) else content.read_bytes())
    except OSError as error:
        raise _changed(plan, path) from error
    if path != PUBLISHED and hashlib.file_digest(buffer, "sha256").hexdigest() != plan.release.published.files[path]:
        raise _changed(plan, path)
    buffer.seek(0)
    return buffer


def _made_after_all(api: HfApi, plan: Plan, error: httpx2.TransportError) -> str:
    """The commit's id, when the connection was lost after the Hub had made it.

    Raises:
        httpx2.TransportError: it was not made.
        DeployError: nobody can tell.
    """
    try:
        unchanged = api.space_info(plan.space).sha == plan.head
        head = api.list_repo_commits(plan.space, repo_type="space")[0]
    except (httpx2.TransportError, HfHubHTTPError) as silence:
        raise DeployError(
            f"The connection to the Hub was lost ({error}) while {plan.space} was being published: "
            "publish again when it is back; what has arrived is not sent twice."
        ) from silence
    if unchanged or head.title != plan.message:
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
