"""From one sentence to a page on a Hub: the command, the real client, the pocket Hub, a real Chromium."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.publish.download import download_gallery
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Town = Any
Splatelier = Callable[..., subprocess.CompletedProcess[str]]
SLUGS = ["eiffel-tower", "arc-de-triomphe", "notre-dame", "sacre-coeur", "louvre-pyramid", "luxor-obelisk"]
ONLY_THE_STAGE = "body > *:not(canvas) { visibility: hidden !important } html, body { background: #000 !important }"


@pytest.fixture
def deploy(town: Town, tmp_path: Path) -> Splatelier:
    """`splatelier deploy ...` against the pocket Hub, as one does it with HF_ENDPOINT and HF_TOKEN."""
    env = os.environ | {"HF_ENDPOINT": town.endpoint, "HF_TOKEN": "hf_yours", "HF_HOME": str(tmp_path / "hf")}
    command = Path(sys.executable).with_name("splatelier")

    def run(*arguments: str, **more_env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, "deploy", *arguments],
            env=env | {"COLUMNS": "200"} | more_env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def opened(page: Page, url: str, slug: str) -> float:
    """The share of the stage that a piece covers, once it is drawn."""
    page.goto("about:blank")
    page.goto(f"{url}#{slug}")
    page.wait_for_function(
        "slug => document.documentElement.dataset.state === 'ready' && document.documentElement.dataset.shown === slug",
        arg=slug,
        timeout=90_000,
    )
    style = page.add_style_tag(content=ONLY_THE_STAGE)
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    style.evaluate("element => element.remove()")
    return float((shot.max(axis=2) > 40).mean())


def test_a_gallery_is_published_seen_changed_and_continued_elsewhere(
    town: Town, deploy: Splatelier, paris: Path, chromium: Browser, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(paris, tmp_path / "paris"))
    done = deploy(str(own), "you/paris", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    page_url = f"{town.endpoint}/static/you/paris"
    assert f"It is live: {page_url}" in done.stdout

    context = chromium.new_context(viewport={"width": 720, "height": 480}, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    covered = {slug: opened(page, f"{page_url}/index.html", slug) for slug in SLUGS}
    assert all(share > 0.02 for share in covered.values()), covered
    assert complaints == []

    workspace = Workspace(own)
    gallery = load_gallery(workspace)
    gallery.settings.zoom = 0.7
    save_gallery(workspace, gallery)
    again = deploy(str(own), "you/paris", "--yes")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Sent 4 files" in again.stdout
    assert "“Restyle (zoom)”" in again.stdout
    assert opened(page, f"{page_url}/index.html", "notre-dame") < 0.8 * covered["notre-dame"]
    context.close()

    elsewhere = Workspace(tmp_path / "elsewhere")
    continued = download_gallery("you/paris", elsewhere.root, town.you)
    assert [item.slug for item in continued.items] == SLUGS
    assert continued.settings.zoom == 0.7
    del continued.items[0]
    save_gallery(elsewhere, continued)
    third = deploy(str(elsewhere.root), "you/paris", "--yes")
    assert third.returncode == 0, third.stdout + third.stderr
    assert "“Remove Eiffel Tower”" in third.stdout
    assert not [path for path in town.files("you/paris") if "eiffel" in path]


def test_without_a_person_and_without_yes_nothing_is_published(
    town: Town, deploy: Splatelier, workspace: Workspace
) -> None:
    done = deploy(str(workspace.root), "you/stones")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("say yes when asked, or run `splatelier deploy` with --yes.")
    assert town.files("you/stones") is None


def test_a_dry_run_lists_the_files(town: Town, deploy: Splatelier, workspace: Workspace) -> None:
    done = deploy(str(workspace.root), "you/stones", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Would send" in done.stdout
    assert "+ index.html" in done.stdout
    assert town.files("you/stones") is None


def test_an_error_is_one_sentence_and_an_exit_code(deploy: Splatelier, workspace: Workspace) -> None:
    done = deploy(str(workspace.root), "you/stones", "--yes", HF_TOKEN="")
    assert done.returncode == 1
    assert done.stderr.startswith("Publishing needs a Hugging Face token with write access")
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_trace_is_published_only_when_asked_and_without_secrets(
    town: Town, deploy: Splatelier, workspace: Workspace
) -> None:
    trace = workspace.state / "trace.jsonl"
    trace.write_text(f'{{"step": 1, "code": "token = \'hf_yoursandmore\'", "in": "{workspace.root}/assets"}}\n')
    assert deploy(str(workspace.root), "you/stones", "--yes").returncode == 0
    assert not town.you.repo_exists("you/making-of", repo_type="dataset")
    done = deploy(str(workspace.root), "you/stones", "--yes", "--trace", "you/making-of")
    assert done.returncode == 0, done.stderr
    assert "up to date" in done.stdout
    assert f"The trace is at {town.endpoint}/datasets/you/making-of" in done.stdout
    published = Path(town.you.hf_hub_download("you/making-of", "trace.jsonl", repo_type="dataset")).read_text()
    assert published == '{"step": 1, "code": "token = \'[secret]\'", "in": "./assets"}\n'
    assert town.you.dataset_info("you/making-of").private


def test_it_publishes_offline_too(deploy: Splatelier, workspace: Workspace, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    done = deploy(str(workspace.root), "--yes", "--offline", XDG_DATA_HOME=data)
    assert done.returncode == 0, done.stderr
    assert "you/two-stones" in done.stdout
    again = deploy(str(workspace.root), "--yes", "--offline", XDG_DATA_HOME=data)
    assert "Sent 3 files" in again.stdout  # those that name the pocket Hub's address, which is another every time


def test_a_folder_or_a_zip_for_another_host(deploy: Splatelier, workspace: Workspace, tmp_path: Path) -> None:
    for target in ("public", "public.zip"):
        done = deploy(str(workspace.root), "--to", str(tmp_path / target), HF_TOKEN="")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / target).exists()
