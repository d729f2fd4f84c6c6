"""One sentence in, a gallery out: the command line, a real CodeAgent, two real Spaces over HTTP."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from splatelier.tools.gallery.manifest import Gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.splats.formats.registry import read_splats

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]
SLUGS = ["eiffel-tower", "arc-de-triomphe", "notre-dame", "sacre-coeur", "louvre-pyramid", "luxor-obelisk"]


def manifest(folder: Path) -> Gallery:
    return Gallery.model_validate_json((folder / "gallery.json").read_text(encoding="utf-8"))


def report(folder: Path) -> dict[str, Any]:
    return json.loads((folder / ".splatelier" / "report.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture
def own_paris(paris: Path, tmp_path: Path) -> Path:
    """A copy of the Paris gallery that a test may change."""
    return Path(shutil.copytree(paris, tmp_path / "paris"))


def test_six_monuments_come_out_of_one_sentence(paris_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = paris_run
    assert done.returncode == 0, done.stdout + done.stderr
    assert "splatelier serve galleries/paris --browser\n" in done.stdout
    assert [item.slug for item in manifest(folder).items] == SLUGS
    for slug in SLUGS:
        assets = folder / "assets" / slug
        with Image.open(assets / "source.png") as picture:
            assert (picture.format, picture.size) == ("PNG", (1024, 1024))
        assert read_splats(assets / "splat.ply").upright
        ratio = (assets / "splat.ply").stat().st_size / (assets / "splat.ksplat").stat().st_size
        assert 2.6 < ratio < 3.4
        with Image.open(assets / "poster.webp") as poster:
            assert poster.format == "WEBP"
    assert (folder / "site" / "index.html").exists()


def test_each_piece_says_which_spaces_made_it(paris: Path) -> None:
    for item in manifest(paris).items:
        assert [step.space for step in item.provenance if step.space] == [
            "splatelier/elevation-painter",
            "splatelier/visual-hull",
        ]
        assert "isolated on a pure black background" in json.dumps(item.provenance[0].arguments)
        assert item.provenance[0].licence == "apache-2.0"
        assert [step.tool for step in item.provenance[2:]] == ["flip_splat", "compress_splat"]


def test_what_no_space_can_make_is_left_out_and_named(splatelier: Splatelier, tmp_path: Path) -> None:
    done = splatelier("build a gallery with a lighthouse and a radio", "--offline", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [item.title for item in manifest(tmp_path / "galleries" / "lighthouse-radio").items] == ["Lighthouse"]
    assert "Not made: Radio (" in done.stdout
    assert "I know no radio; near: loudspeaker" in done.stdout


def test_the_report_adds_up_what_was_asked_of_spaces(paris: Path) -> None:
    told = report(paris)
    assert told["status"] == "complete"
    assert [item["slug"] for item in told["items"]] == SLUGS
    assert told["spaces"]["calls"] == 12
    assert told["turns"][0]["request"] == "build a 3D Paris gallery"


def test_the_same_sentence_again_reuses_what_is_there(splatelier: Splatelier, own_paris: Path) -> None:
    before = (own_paris / "gallery.json").read_bytes()
    done = splatelier("build a 3D Paris gallery", "--offline", "--into", str(own_paris), cwd=own_paris.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert report(own_paris)["spaces"]["cache_hits"] == 12
    assert report(own_paris)["spaces"]["calls"] == 0
    assert (own_paris / "gallery.json").read_bytes() == before


def test_wishes_about_taste_call_no_space_and_can_be_undone(splatelier: Splatelier, own_paris: Path) -> None:
    said = "make it zoomed out\nthe transition lingers too long\n"
    done = splatelier("open", str(own_paris), "--offline", cwd=own_paris.parent, said=said)
    assert done.returncode == 0, done.stdout + done.stderr
    settings = manifest(own_paris).settings
    assert settings.zoom < 0.9
    assert settings.transition_seconds < Settings().transition_seconds
    assert report(own_paris)["spaces"]["calls"] == 0
    assert [(turn["request"], turn["ok"]) for turn in report(own_paris)["turns"]] == [
        ("build a 3D Paris gallery", True),
        ("make it zoomed out", True),
        ("the transition lingers too long", True),
    ]

    done = splatelier("open", str(own_paris), "--offline", cwd=own_paris.parent, said="/undo\n/undo\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert manifest(own_paris).settings.zoom == 1.0


def test_only_the_obelisk_is_replaced_and_only_for_it_are_spaces_called(
    splatelier: Splatelier, own_paris: Path
) -> None:
    before = manifest(own_paris).items
    wish = "replace the obelisk with something better for splatting\n"
    done = splatelier("open", str(own_paris), "--offline", cwd=own_paris.parent, said=wish)
    assert done.returncode == 0, done.stdout + done.stderr
    after = manifest(own_paris).items
    assert after[:5] == before[:5]
    assert (before[5].slug, after[5].slug) == ("luxor-obelisk", "pantheon")
    assert report(own_paris)["spaces"]["calls"] == 2
    assert "luxor-obelisk" not in (own_paris / "site" / "index.html").read_text(encoding="utf-8")


def test_a_wish_beyond_the_rules_is_answered_honestly_and_changes_nothing(
    splatelier: Splatelier, own_paris: Path
) -> None:
    before = (own_paris / "gallery.json").read_bytes()
    done = splatelier("open", str(own_paris), "--offline", cwd=own_paris.parent, said="compose a symphony\n")
    assert done.returncode == 1
    assert "Without a language model I can build galleries of Paris" in done.stdout
    assert (own_paris / "gallery.json").read_bytes() == before


def test_a_goal_file_runs_without_a_person(splatelier: Splatelier, tmp_path: Path) -> None:
    (tmp_path / "goal.md").write_text(
        "---\ntitle: Two Things\npieces: [Oak Chair, Desk Lamp]\nstyle: {zoom: 0.8}\n---\nBuild a small showroom.\n"
    )
    done = splatelier("run", "goal.md", "--offline", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "galleries" / "small"
    gallery = manifest(folder)
    assert (gallery.title, gallery.settings.zoom) == ("Two Things", 0.8)
    assert [item.title for item in gallery.items] == ["Oak Chair", "Desk Lamp"]
    assert report(folder)["status"] == "complete"


@pytest.mark.parametrize(
    ("goal", "options", "code", "words"),
    [
        ("---\ncolour: red\n---\nBuild a Paris gallery", [], 2, "colour"),
        ("---\ntemplate: baroque\n---\nBuild a Paris gallery", ["--offline"], 2, "cinematic"),
        ("Build a Paris gallery", ["--space", "http://127.0.0.1:9"], 1, "127.0.0.1:9"),
        ("Compose a symphony", ["--offline"], 1, "Without a language model"),
    ],
)
def test_a_run_that_cannot_be_says_why_and_leaves_nothing(
    splatelier: Splatelier, tmp_path: Path, goal: str, options: list[str], code: int, words: str
) -> None:
    (tmp_path / "goal.md").write_text(goal)
    done = splatelier("run", "goal.md", *options, cwd=tmp_path)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not list((tmp_path / "galleries").glob("*/gallery.json"))
    assert not list((tmp_path / "galleries").glob("*/site"))


def test_help_teaches_by_example(splatelier: Splatelier, tmp_path: Path) -> None:
    shown = splatelier("--help", cwd=tmp_path).stdout
    assert 'splatelier "build a 3D Paris gallery"' in shown
    for command in ("open", "run", "serve", "spaces", "splat"):
        assert command in shown
    assert "Exit codes" in splatelier("run", "--help", cwd=tmp_path).stdout


def test_a_mistyped_command_is_not_taken_for_a_goal(splatelier: Splatelier, tmp_path: Path) -> None:
    done = splatelier("opne", "galleries/paris", cwd=tmp_path)
    assert done.returncode != 0
    assert "did you mean 'open'" in done.stderr
