"""The published folder itself: in a directory, in a zip, and what a commit says of two states of a gallery."""

import zipfile
from pathlib import Path

import httpx2
import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.publish.release import build_release, changes_in_words, write_release
from splatelier.tools.redact import redact
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.workspace.workspace import Workspace


@pytest.mark.slow
def test_a_folder_for_any_host_is_served_by_any_static_server(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_release(build_release(workspace), tmp_path / "public")
    assert {"index.html", "gallery.json", "social-card.jpg", "published.json"} <= {p.name for p in folder.iterdir()}
    assert not (folder / "README.md").exists()
    with SiteServer(folder) as server:
        page = httpx2.get(server.url)
        assert '<meta property="og:image" content="social-card.jpg">' in page.text
        assert httpx2.get(server.url.rstrip("/") + "/social-card.jpg").headers["content-type"] == "image/jpeg"


def test_a_zip_holds_the_same_files_and_is_the_same_every_time(workspace: Workspace, tmp_path: Path) -> None:
    release = build_release(workspace)
    first = write_release(release, tmp_path / "one.zip")
    second = write_release(build_release(workspace), tmp_path / "two.zip")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == list(release.files)
        assert archive.testzip() is None


def test_a_folder_that_holds_something_is_not_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SplatelierError, match=r"is not empty; name a new folder, or a .zip"):
        write_release(build_release(workspace), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_stale_site_is_rendered_again_first(workspace: Workspace) -> None:
    gallery = load_gallery(workspace)
    gallery.title = "Fresh"
    save_gallery(workspace, gallery)
    page = build_release(workspace).files["index.html"]
    assert isinstance(page, bytes)
    assert b"<title>Fresh</title>" in page


def test_a_change_is_told_in_words(workspace: Workspace) -> None:
    before = load_gallery(workspace)
    assert changes_in_words(None, before) == "Publish Two Stones: 2 pieces"
    assert changes_in_words(before, before) == "Refresh the site"

    after = before.model_copy(deep=True)
    after.items[1] = after.items[1].model_copy(update={"slug": "pantheon", "title": "Pantheon"})
    assert changes_in_words(before, after) == "Replace Obelisk with Pantheon"

    after = before.model_copy(deep=True)
    after.items.reverse()
    assert changes_in_words(before, after) == "Reorder"

    after = before.model_copy(deep=True)
    after.items[0].caption, after.settings.zoom, after.title = "New", 2.0, "Stones"
    assert changes_in_words(before, after) == "Change Gate; restyle (zoom); rename"


def test_a_trace_loses_its_secrets_and_keeps_the_rest() -> None:
    text = (
        'login hf_abcdefghijklmnop, "Authorization: Bearer abc.def-ghi", key sk-1234567890abcdefghij, '
        "https://me:pass1234@host/x?token=qwertyui&a=1, WINTERGREEN99, /home/ada/galleries/paris, the Eiffel Tower"
    )
    clean = redact(text, {"MY_API_KEY": "WINTERGREEN99", "LANG": "en_GB.UTF-8"}, Path("/home/ada"))
    assert clean == (
        'login [secret], "Authorization: Bearer [secret]", key [secret], '
        "https://[secret]@host/x?token=[secret]&a=1, [MY_API_KEY], ~/galleries/paris, the Eiffel Tower"
    )
