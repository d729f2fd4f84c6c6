"""What a publication would do, settled before anybody is asked: from one look at the Hub, and never changed after."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from huggingface_hub import HfApi, get_token
from huggingface_hub.errors import HfHubHTTPError

from splatelier.tools.gallery.manifest import Gallery, load_gallery, slugify
from splatelier.tools.publish.errors import NO_TOKEN, DeployError, read_only, said_plainly
from splatelier.tools.publish.last import published_to
from splatelier.tools.publish.readme import UsedSpace, used_spaces
from splatelier.tools.publish.release import Address, Release, build_release, changes_in_words, read
from splatelier.tools.publish.remote import changes, look_at
from splatelier.tools.workspace.workspace import Workspace

TRIAL = "a trial on this computer, gone when you leave"
"""What a publication is on a Hub that runs here."""

_THIS_COMPUTER = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Permission:
    """The person's word that a gallery may be published there, for those eyes: it holds for nothing else.

    Attributes:
        space: owner/name.
        private: whether only the owner may see it.
    """

    space: str
    private: bool

    def __str__(self) -> str:
        return f"{self.space}, {'for your eyes only' if self.private else 'for everybody to see'}"


@dataclass(frozen=True)
class Plan:
    """One publication, as it is asked about and as it is carried out.

    Attributes:
        space: owner/name.
        url: the Space on the Hub.
        page: the page itself; for a Space that does not exist yet, where the Hub usually puts it.
        private: whether only the owner sees it.
        head: the commit that everything was compared with; None where there is no Space yet.
        release: every file that is to be there.
        spaces: the Spaces that had a hand in the gallery, for its card.
        sent: the files that differ, by path.
        deleted: the files that are no longer part of it.
        unchanged: how many files are there already.
        message: the commit's title; empty when nothing has changed.
    """

    space: str
    url: str
    page: str
    private: bool
    head: str | None
    release: Release
    spaces: tuple[UsedSpace, ...]
    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int
    message: str

    @property
    def permission(self) -> Permission:
        """The permission that this plan needs, exactly."""
        return Permission(self.space, self.private)

    @property
    def question(self) -> str:
        """What the person is asked before anything is created or sent."""
        asked = f"Publish “{self.release.gallery.title}” as the Space {self.permission}?"
        return f"{asked} (This is {TRIAL}.)" if self.trial else asked

    @property
    def trial(self) -> bool:
        """Whether the Hub is one of this computer, as without a token."""
        return urlsplit(self.url).hostname in _THIS_COMPUTER

    @property
    def bytes(self) -> int:
        """The size of `sent`."""
        return sum(len(read(self.release.files[path])) for path in self.sent)


def plan_deployment(workspace: Workspace, api: HfApi, space_id: str = "", private: bool | None = None) -> Plan:
    """What publishing would do; nothing is created, and nothing but questions is sent.

    Args:
        space_id: owner/name, a name of one's own, or empty for where it was published last; the first time, for a
            name made from the title.
        private: for whose eyes; left out, a Space stays as it is, and a new one is for everybody.

    Raises:
        DeployError: nothing can be published there, or it is there for other eyes than `private` says.
        SplatelierError: the gallery cannot be rendered.
    """
    gallery = load_gallery(workspace)
    space_id = _resolved(api, gallery, space_id or published_to(workspace, api.endpoint))
    remote = look_at(api, space_id)
    if remote.head is not None and private not in (None, remote.private):
        there = Permission(space_id, remote.private)
        raise DeployError(f"There is a Space {there}, already: change that on the Hub, or choose another name.")
    spaces = tuple(_used_space(api, gallery, name) for name in used_spaces(gallery))
    page = remote.page or f"https://{space_id.replace('/', '-').lower()}.static.hf.space"
    release = build_release(workspace, Address(api.endpoint, space_id, page), spaces, remote.owners, gallery)
    difference = changes(space_id, remote, release.files)
    return Plan(
        space=space_id,
        url=f"{api.endpoint}/spaces/{space_id}",
        page=page,
        private=remote.private if remote.head else bool(private),
        head=remote.head,
        release=release,
        spaces=spaces,
        sent=difference.send,
        deleted=difference.delete,
        unchanged=difference.unchanged,
        message=changes_in_words(remote.gallery, release.gallery) if difference else "",
    )


def _resolved(api: HfApi, gallery: Gallery, space_id: str) -> str:
    """owner/name in full, for a token that may write.

    Raises:
        DeployError: there is no token, or it may only read.
    """
    if not isinstance(api.token or (get_token() if api.token is None else None), str):
        raise NO_TOKEN
    with said_plainly(space_id):
        account = api.whoami()
    if account.get("auth", {}).get("accessToken", {}).get("role") == "read":
        raise read_only(account["name"])
    name = space_id or slugify(gallery.title)
    return name if "/" in name else f"{account['name']}/{name}"


def _used_space(api: HfApi, gallery: Gallery, name: str) -> UsedSpace:
    """A Space of the provenance with what the Hub knows of it; a Space that the Hub lacks is still named."""
    steps = (step for item in gallery.items for step in item.provenance)
    licence = next((step.licence for step in steps if step.space == name and step.licence), None)
    with said_plainly(name):
        try:
            card = api.space_info(name).card_data
        except HfHubHTTPError:
            return UsedSpace(name, licence, known=False)
    models = card.models if card and isinstance(card.models, list) else []
    return UsedSpace(name, licence or (card.license if card else None), tuple(map(str, models)))
