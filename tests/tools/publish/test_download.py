"""A published gallery comes back whole, and only what was published does."""

from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete

from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.publish.deploy import deploy_gallery
from splatelier.tools.publish.download import download_gallery
from splatelier.tools.publish.errors import DeployError
from splatelier.tools.publish.live import Patience
from splatelier.tools.site.render import site_problems
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Town = Any


@pytest.fixture
def published(town: Town, workspace: Workspace, patience: Patience) -> Workspace:
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    return workspace


def change(town: Town, *operations: CommitOperationAdd | CommitOperationDelete) -> None:
    town.you.create_commit("you/stones", list(operations), commit_message="Meddle", repo_type="space")


def test_what_comes_back_is_what_was_published(town: Town, published: Workspace, tmp_path: Path) -> None:
    gallery = download_gallery("you/stones", tmp_path / "back", town.other)
    back = Workspace(tmp_path / "back")
    before = load_gallery(published)
    assert load_gallery(back) == gallery
    assert [item.source for item in gallery.items] == [None, None]
    assert gallery.items[0].provenance == before.items[0].provenance
    for item in before.items:
        for asset in (item.image, item.model, item.poster):
            assert asset is not None
            assert file_sha256(back.existing(asset)) == file_sha256(published.existing(asset))
    assert site_problems(back) == []
    assert sorted(path.name for path in back.root.iterdir()) == [".splatelier", "assets", "gallery.json", "site"]


@pytest.mark.usefixtures("published")
def test_a_gallery_that_came_back_goes_on_and_sends_only_what_changed(
    town: Town, tmp_path: Path, patience: Patience
) -> None:
    gallery = download_gallery("you/stones", tmp_path / "back", town.you)
    gallery.settings.auto_rotate = 0
    back = Workspace(tmp_path / "back")
    save_gallery(back, gallery)
    done = deploy_gallery(back, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    assert not [path for path in done.sent if path.startswith("assets/")]
    assert done.message == "Restyle (auto_rotate)"


@pytest.mark.usefixtures("published")
def test_a_duplicate_in_another_account_is_published_on_its_own(town: Town, tmp_path: Path, patience: Patience) -> None:
    download_gallery("you/stones", tmp_path / "theirs", town.other)
    theirs = Workspace(tmp_path / "theirs")
    done = deploy_gallery(theirs, town.other, "other/stones", allowed=lambda _: True, patience=patience)
    assert done.page.endswith("other/stones")
    assert town.titles("you/stones") == ["Publish Two Stones: 2 pieces", "initial commit"]


def refusal(town: Town, folder: Path, space: str = "you/stones") -> str:
    with pytest.raises(DeployError) as failure:
        download_gallery(space, folder, town.other)
    assert not folder.exists()
    assert not list(folder.parent.glob(".*"))
    return str(failure.value)


def test_a_space_that_is_not_there(town: Town, tmp_path: Path) -> None:
    assert refusal(town, tmp_path / "back") == "There is no Space you/stones that you may see: check the name."


def test_a_space_that_holds_no_gallery(town: Town, tmp_path: Path) -> None:
    town.you.create_repo("you/stones", repo_type="space", space_sdk="static")
    assert refusal(town, tmp_path / "back") == (
        "you/stones has no gallery.json, so it holds no gallery that can be continued."
    )


@pytest.mark.usefixtures("published")
def test_a_folder_that_is_not_empty_is_left_alone(town: Town, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "mine.txt").write_text("mine")
    with pytest.raises(DeployError, match="is not empty; name a new folder"):
        download_gallery("you/stones", tmp_path / "back", town.you)
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["mine.txt"]
