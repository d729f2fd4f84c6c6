"""A small gallery, and a pocket Hub with three people, for the tests about publishing."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from huggingface_hub import HfApi
from PIL import Image, ImageDraw

from splatelier.spaces.pocket_hub import Account, Limits, PocketHub
from splatelier.spaces.visual_hull.hull import reconstruct, write_ply
from splatelier.tools.gallery.manifest import Gallery, Item, save_gallery
from splatelier.tools.publish.live import Patience
from splatelier.tools.site.render import render_site
from splatelier.tools.splats.draw.posters import write_poster
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.ops.orient import turn
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.provenance import Step
from splatelier.tools.workspace.workspace import Workspace

SHAPES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "gate": lambda draw: (
        draw.rectangle((60, 60, 195, 225), fill=(206, 190, 160)),
        draw.rectangle((105, 130, 150, 225), fill=0),
    ),
    "obelisk": lambda draw: draw.polygon(
        [(112, 225), (118, 60), (128, 40), (138, 60), (144, 225)], fill=(200, 150, 120)
    ),
    "dome": lambda draw: draw.pieslice((50, 70, 205, 380), 180, 360, fill=(130, 160, 190)),
}


def add_piece(workspace: Workspace, gallery: Gallery, slug: str) -> None:
    """Make a piece from a drawing with the real tools, and put it at the end."""
    folder = workspace.root / "assets" / slug
    folder.mkdir(parents=True)
    picture = Image.new("RGB", (256, 256))
    SHAPES[slug](ImageDraw.Draw(picture))
    picture.save(folder / "source.png")
    write_ply(reconstruct(folder / "source.png", resolution=48), folder / "splat.ply")
    splats = turn(read_splats(folder / "splat.ply"))
    write_ksplat(folder / "splat.ksplat", splats)
    write_poster(folder / "poster.webp", splats, frame(splats), (256, 256))
    painter = Step(
        tool="generate_image",
        space="splatelier/elevation-painter",
        endpoint="/paint",
        arguments={"prompt": f"a {slug} | on black <b>"},
        seed=7,
        licence="apache-2.0",
        sha256=file_sha256(folder / "source.png"),
    )
    gallery.items.append(
        Item(
            slug=slug,
            title=slug.title(),
            caption=f"The {slug}.",
            image=f"assets/{slug}/source.png",
            model=f"assets/{slug}/splat.ksplat",
            source=f"assets/{slug}/splat.ply",
            poster=f"assets/{slug}/poster.webp",
            framing=frame(splats),
            provenance=[painter],
        )
    )
    save_gallery(workspace, gallery)


@pytest.fixture(scope="session")
def _gallery_of_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = Workspace(tmp_path_factory.mktemp("two"))
    gallery = Gallery(title="Two Stones", subtitle="A gate and an obelisk")
    for slug in ("gate", "obelisk"):
        add_piece(workspace, gallery, slug)
    render_site(workspace)
    return workspace.root


@pytest.fixture
def workspace(_gallery_of_two: Path, tmp_path: Path) -> Workspace:
    """A gallery of two pieces, for this test alone."""
    shutil.copytree(_gallery_of_two, tmp_path / "two-stones")
    return Workspace(tmp_path / "two-stones")


@dataclass
class Town:
    """A pocket Hub and the people on it: you, somebody else, and you with a token that only reads."""

    hub: PocketHub
    endpoint: str

    @property
    def you(self) -> HfApi:
        return HfApi(endpoint=self.endpoint, token="hf_yours")

    @property
    def other(self) -> HfApi:
        return HfApi(endpoint=self.endpoint, token="hf_theirs")

    @property
    def reader(self) -> HfApi:
        return HfApi(endpoint=self.endpoint, token="hf_reading")

    def files(self, space_id: str) -> dict[str, str] | None:
        """What the Space holds, by git's names for the contents; None where there is no such Space."""
        repository = self.hub.guests.repositories.find("space", space_id)
        return repository and {path: file.oid for path, file in repository.head.files.items()}

    def titles(self, space_id: str) -> list[str]:
        """The Space's commits, newest first."""
        return [commit.title for commit in self.you.list_repo_commits(space_id, repo_type="space")]


ACCOUNTS = (Account("you", "hf_yours"), Account("other", "hf_theirs"), Account("you", "hf_reading", role="read"))


@pytest.fixture
def settle_town() -> Iterator[Callable[..., Town]]:
    """Makes a pocket Hub with limits of one's own."""
    with ExitStack() as stack:

        def settle(limits: Limits = Limits()) -> Town:  # noqa: B008
            hub = PocketHub(accounts=ACCOUNTS, limits=limits)
            return Town(hub, stack.enter_context(hub.serving()))

        yield settle


@pytest.fixture
def town(settle_town: Callable[..., Town]) -> Town:
    return settle_town()


@pytest.fixture
def patience() -> Patience:
    return Patience(live=30, settle=0, poll=0.02)
