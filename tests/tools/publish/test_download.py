"""A published gallery comes back whole, and only what was published does."""

import gzip
import hashlib
import json
import struct
import zlib
from io import BytesIO
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


@pytest.mark.usefixtures("published")
def test_a_file_that_was_tampered_with_is_not_taken(town: Town, tmp_path: Path) -> None:
    published_json = json.loads(
        Path(town.you.hf_hub_download("you/stones", "published.json", repo_type="space")).read_text()
    )
    model = published_json["assets"]["assets/gate/splat.ksplat"]
    change(town, CommitOperationAdd(model, b"something else"))
    assert (
        refusal(town, tmp_path / "back")
        == f"{model} in you/stones is not what was published there, so it was not taken."
    )


@pytest.mark.parametrize("path", ["../../escape.png", "/etc/passwd", "assets/../../escape.png"])
@pytest.mark.usefixtures("published")
def test_a_manifest_that_points_outside_is_refused(town: Town, tmp_path: Path, path: str) -> None:
    manifest = json.loads(Path(town.you.hf_hub_download("you/stones", "gallery.json", repo_type="space")).read_text())
    manifest["items"][0]["image"] = path
    change(town, CommitOperationAdd("gallery.json", json.dumps(manifest).encode()))
    assert "holds a gallery that cannot be read (items.0.image: an asset is named by a path" in refusal(
        town, tmp_path / "back"
    )


@pytest.mark.usefixtures("published")
def test_a_list_of_files_that_points_outside_is_refused(town: Town, tmp_path: Path) -> None:
    change(town, CommitOperationAdd("published.json", b'{"files": {"../x": ""}, "assets": {}}'))
    assert "published.json that cannot be read" in refusal(town, tmp_path / "back")


@pytest.mark.usefixtures("published")
def test_a_file_that_is_missing_is_named(town: Town, tmp_path: Path) -> None:
    change(town, CommitOperationDelete("assets/gate/source.png"))
    assert refusal(town, tmp_path / "back").startswith("you/stones has no assets/gate/source.png")


def publish_instead(town: Town, role: str, path: str, content: bytes, named: str | None = None) -> None:
    """Put other contents behind a role of the first piece, with a list of files that agrees with it."""
    manifest, published = (
        json.loads(Path(town.you.hf_hub_download("you/stones", name, repo_type="space")).read_text())
        for name in ("gallery.json", "published.json")
    )
    if named:
        manifest["items"][0][role] = named
    published["assets"][manifest["items"][0][role]] = path
    published["files"][path] = hashlib.sha256(content).hexdigest()
    change(
        town,
        CommitOperationAdd(path, BytesIO(content)),  # the pocket Hub takes no Xet
        CommitOperationAdd("gallery.json", json.dumps(manifest).encode()),
        CommitOperationAdd("published.json", json.dumps(published).encode()),
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises that many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("role", "path", "content"),
    [
        ("model", "bad.ksplat", b"\0\1" + b"\xff" * 9000),
        ("model", "bad.planes.gz", gzip.compress(b"\0\1" + b"\xff" * 9000)),
        ("model", "bad.planes.gz", b"\x1f\x8b not gzip at all"),
        ("model", "bad.planes.gz", gzip.compress(b"\xff" * 9000)[:-20]),
        ("image", "bad.png", b"<script>alert(1)</script>"),
        ("image", "bad.png", png_of(60_000, 60_000)),
        ("poster", "bad.webp", b"RIFF\0\0\0\0WEBP"),
    ],
    ids=["splat", "packed splat", "no gzip", "half a gzip", "a script", "a bomb", "half a poster"],
)
@pytest.mark.usefixtures("published")
def test_contents_that_are_no_model_or_picture_are_not_taken(
    town: Town, tmp_path: Path, role: str, path: str, content: bytes
) -> None:
    publish_instead(town, role, path, content)
    said = refusal(town, tmp_path / "back")
    assert said.endswith("so the gallery was not taken.")
    assert "you/stones" in said


@pytest.mark.usefixtures("published")
def test_a_page_that_is_called_a_model_is_not_taken(town: Town, tmp_path: Path) -> None:
    publish_instead(town, "model", "e.html", b"<script>alert(1)</script>", named="assets/gate/e.html")
    assert "you/stones" in refusal(town, tmp_path / "back")


@pytest.mark.usefixtures("published")
def test_a_file_that_unpacks_without_end_is_not_taken(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splatelier.tools.publish.download.MAX_ASSET_BYTES", 4 << 20)
    publish_instead(town, "model", "bomb.planes.gz", gzip.compress(bytes(64 << 20)))
    assert refusal(town, tmp_path / "back") == "bomb.planes.gz in you/stones unpacks to more than 4 MB."


@pytest.mark.usefixtures("published")
def test_a_file_that_is_too_large_is_not_fetched(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("splatelier.tools.publish.download.MAX_ASSET_BYTES", 1 << 20)
    publish_instead(town, "model", "large.ksplat", bytes(2 << 20))
    assert refusal(town, tmp_path / "back") == "large.ksplat in you/stones has more than 1 MB, so it was not taken."
