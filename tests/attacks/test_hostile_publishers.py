"""Galleries that strangers published, opened by somebody else: nothing of theirs is believed before it was read."""

import gzip
import hashlib
import json
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete

from tests.tools.publish.conftest import _gallery_of_two, patience, settle_town, town, workspace
from tests.tools.publish.test_download import Town, change, published, refusal

pytestmark = pytest.mark.slow

__all__ = ["_gallery_of_two", "patience", "published", "settle_town", "town", "workspace"]


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
