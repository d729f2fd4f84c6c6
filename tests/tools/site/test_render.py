"""site/ is a pure function of the manifest and the assets, and is replaced whole or not at all."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery, save_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.site.colors import contrast, ink
from splatelier.tools.site.fonts import PAIRINGS, pairing
from splatelier.tools.site.page import script_json, web_link
from splatelier.tools.site.render import remove_site, render_site, site_problems, template_folder
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.planes import from_planes
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.splats import Splats
from splatelier.tools.templates import SITE_TEMPLATES
from splatelier.tools.toolset.site import RenderSite
from splatelier.tools.workspace.workspace import Workspace


def blob(n: int) -> Splats:
    """A round cloud of `n` Gaussians."""
    return Splats(
        centers=np.random.default_rng(1).normal(size=(n, 3)).astype(np.float32),
        log_scales=np.full((n, 3), -4, dtype=np.float32),
        rotations=np.tile(np.float32([1, 0, 0, 0]), (n, 1)),
        logits=np.full(n, 3, dtype=np.float32),
        dc=np.zeros((n, 3), dtype=np.float32),
        rest=np.empty((n, 3, 0), dtype=np.float32),
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two pieces of a few hundred Gaussians."""
    workspace = Workspace(tmp_path / "gallery")
    gallery = Gallery(title="Two")
    for slug in ("one", "two"):
        folder = workspace.root / "assets" / slug
        folder.mkdir(parents=True)
        write_ksplat(folder / "splat.ksplat", blob(400))
        Image.new("RGB", (1024, 1024), (9, 9, 9)).save(folder / "source.png")
        (folder / "splat.ply").write_bytes(b"a large file that no visitor needs")
        gallery.items.append(
            Item(
                slug=slug,
                title=slug.title(),
                image=f"assets/{slug}/source.png",
                model=f"assets/{slug}/splat.ksplat",
                source=f"assets/{slug}/splat.ply",
                framing=Framing((0, 0, 0), 1.0),
            )
        )
    save_gallery(workspace, gallery)
    return workspace


def contents(folder: Path) -> dict[str, str]:
    """The digest of each file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_gallery_gives_the_same_bytes_in_another_process_too(workspace: Workspace) -> None:
    first = contents(render_site(workspace))
    assert contents(render_site(workspace)) == first
    code = "import shutil, sys; from splatelier.tools.site.render import render_site;"
    code += "from splatelier.tools.workspace.workspace import Workspace;"
    code += " w = Workspace(sys.argv[1]); shutil.rmtree(w.root / '.splatelier'); render_site(w)"
    subprocess.run([sys.executable, "-c", code, workspace.root], check=True)
    assert contents(workspace.root / "site") == first


def test_only_what_the_site_uses_is_in_it(workspace: Workspace) -> None:
    site = render_site(workspace)
    names = contents(site)
    assert not [name for name in names if name.endswith((".ply", ".png", ".map"))]
    page = (site / "index.html").read_text(encoding="utf-8")
    scripts = "".join(path.read_text(encoding="utf-8") for path in site.glob("viewer/*.js"))
    style = next(site.glob("viewer/style-*.css")).read_text(encoding="utf-8")
    for name in names:
        assert name == "index.html" or Path(name).name in page + scripts + style, name
    assert not [path for path in site.rglob("*") if path.is_symlink()]


def test_a_splat_travels_gzipped_only_where_that_saves_a_tenth(workspace: Workspace) -> None:
    gallery = load_gallery(workspace)
    site = render_site(workspace)
    packed = list(site.glob("assets/one/*.planes.gz"))
    original = (workspace.root / "assets/one/splat.ksplat").read_bytes()
    assert from_planes(gzip.decompress(packed[0].read_bytes())) == original
    write_ksplat(workspace.root / "assets/two/splat.ksplat", blob(20_000))
    whole = (workspace.root / "assets/two/splat.ksplat").read_bytes()
    noise = np.random.default_rng(2).bytes(20_000 * 24)  # a Gaussian has 24 bytes, after the headers
    (workspace.root / "assets/two/splat.ksplat").write_bytes(whole[: -len(noise)] + noise)
    render_site(workspace)
    assert [path.suffix for path in site.glob("assets/two/splat*")] == [".ksplat"]
    assert load_gallery(workspace) == gallery


def test_file_names_change_with_what_is_in_them(workspace: Workspace) -> None:
    before = set(contents(render_site(workspace)))
    Image.new("RGB", (64, 64), (200, 0, 0)).save(workspace.root / "assets/one/source.png")
    after = set(contents(render_site(workspace)))
    assert {name for name in before ^ after if "assets/two" in name} == set()
    assert len({name for name in before - after if "assets/one" in name}) == 3


@pytest.mark.parametrize("harm", ["template", "missing asset", "broken picture", "empty"])
def test_a_rendering_that_fails_leaves_the_last_site_as_it_was(workspace: Workspace, harm: str) -> None:
    before = contents(render_site(workspace))
    gallery = load_gallery(workspace)
    if harm == "template":
        gallery.template = "walkable"
    elif harm == "missing asset":
        (workspace.root / "assets/two/splat.ksplat").unlink()
    elif harm == "broken picture":
        (workspace.root / "assets/two/source.png").write_bytes(b"\x89PNG but not quite")
    else:
        gallery.items.clear()
    save_gallery(workspace, gallery)
    with pytest.raises(SplatelierError) as failure:
        render_site(workspace)
    assert len(str(failure.value).splitlines()) == 1
    assert contents(workspace.root / "site") == before
    assert sorted(path.name for path in workspace.root.iterdir()) == [".splatelier", "assets", "gallery.json", "site"]
    assert not list(workspace.state.glob("site-*"))


def test_an_unknown_template_names_those_that_there_are() -> None:
    with pytest.raises(SplatelierError, match=r"no template 'baroque'; the templates are: .*cinematic"):
        template_folder("baroque")
    assert template_folder("cinematic").name == "cinematic"
    with pytest.raises(SplatelierError):
        template_folder("viewer")


def test_the_tool_answers_what_it_made_and_problems_follow_the_manifest(workspace: Workspace) -> None:
    assert site_problems(workspace) == ["there is no site yet; call render_site"]
    answer = RenderSite(workspace)()
    assert answer["site"] == "site"
    assert answer["items"] == 2
    assert answer["bytes"] == sum(
        path.stat().st_size for path in (workspace.root / "site").rglob("*") if path.is_file()
    )
    assert site_problems(workspace) == []
    gallery = load_gallery(workspace)
    gallery.settings.zoom = 0.7
    save_gallery(workspace, gallery)
    assert "older manifest" in site_problems(workspace)[0] or "missing" in site_problems(workspace)[0]
    render_site(workspace)
    next((workspace.root / "site").glob("assets/one/poster*")).unlink()
    assert "missing" in site_problems(workspace)[0]
    remove_site(workspace)
    assert not (workspace.root / "site").exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"background": "red; } body { display: none"},
        {"background": "#00000g"},
        {"accent": "#fff\n"},
        {"accent": "url(https://example.com/a.png)"},
        {"fonts": "comic"},
        {"reveal": "explode"},
        {"language": "xx"},
        {"zoom": 9},
        {"unheard_of": 1},
    ],
)
def test_settings_that_are_no_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(settings)


@pytest.mark.parametrize("slug", ["../up", "A", "a b", "-a", "a--b", "", "é", "a" * 61, 'a"onload="x'])
def test_a_slug_is_a_plain_word(slug: str) -> None:
    with pytest.raises(ValidationError):
        Item(slug=slug, title="x", image="assets/a/b.png", model="assets/a/b.ksplat", framing=Framing((0, 0, 0), 1.0))


def test_words_on_any_background_have_enough_contrast() -> None:
    for level in range(0, 256, 5):
        background = f"#{level:02x}{level:02x}{level:02x}"
        colors = ink(background)
        for name in ("ink", "soft"):
            assert contrast(getattr(colors, name), background) >= 4.5, (background, name)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://huggingface.co/spaces/a/b", True),
        ("http://example.com/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("http://127.0.0.1:7860", False),
        ("http://localhost:7860", False),
        ("http://[::1]/", False),
        ("http://[broken", False),
        ("https://user:password@example.com", False),
        ("", False),
        (None, False),
    ],
)
def test_only_links_that_a_visitor_can_follow_become_links(url: str | None, linked: bool) -> None:
    assert web_link(url) == (url if linked else None)


def test_json_in_the_page_cannot_end_its_script() -> None:
    text = str(script_json({"title": "</script><!-- & \u2028\u2029"}))
    assert not set("<>&\u2028\u2029") & set(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_json_in_the_page_is_never_invalid(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json({"framing": {"radius": value}})


def test_a_site_that_cannot_take_the_others_place_leaves_it_there(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(render_site(workspace))
    gallery = load_gallery(workspace)
    gallery.title = "Never seen"
    save_gallery(workspace, gallery)
    rename, renamed = Path.rename, []

    def fail_once(self: Path, target: Path) -> Path:
        if Path(target) == workspace.root / "site" and not renamed:
            renamed.append(self)
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(SplatelierError, match="could not be written"):
        render_site(workspace)
    assert renamed, "the old site was aside when the new one failed to take its place"
    assert contents(workspace.root / "site") == before
    assert "older manifest" in site_problems(workspace)[0]


def harmed(workspace: Workspace, harm: str) -> None:
    site = workspace.root / "site"
    thumb = next(site.glob("assets/one/thumb*"))
    if harm == "missing":
        thumb.unlink()
    elif harm == "changed":
        thumb.write_bytes(thumb.read_bytes()[:-1] + b"x")
    elif harm == "link":
        thumb.rename(workspace.root / "elsewhere.webp")
        thumb.symlink_to(workspace.root / "elsewhere.webp")
    elif harm == "extra":
        (site / ".env").write_text("mine")
    elif harm == "asset":
        Image.new("RGB", (64, 64), (200, 0, 0)).save(workspace.root / "assets/one/source.png")
    elif harm == "unknown":
        (workspace.state / "site.json").write_text("{}")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("none", None),
        ("missing", r"site/assets/one/thumb-\w+.webp is missing"),
        ("changed", r"site/assets/one/thumb-\w+.webp was changed since it was rendered"),
        ("link", r"site/assets/one/thumb-\w+.webp was changed since it was rendered"),
        ("extra", r"site/.env is no part of the site"),
        ("asset", "the site was rendered from other pictures or models"),
        ("unknown", "nobody knows what the site was rendered from"),
    ],
)
def test_a_site_that_is_not_what_was_rendered_is_noticed(workspace: Workspace, harm: str, said: str | None) -> None:
    render_site(workspace)
    harmed(workspace, harm)
    problems = site_problems(workspace)
    assert (problems == []) if said is None else re.fullmatch(said + "; call render_site", problems[0])
    render_site(workspace)
    assert site_problems(workspace) == []


def test_another_template_or_viewer_is_noticed(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "templates"
    shutil.copytree(SITE_TEMPLATES, installed, ignore=shutil.ignore_patterns("node_modules"))
    for module in ("render", "state"):
        monkeypatch.setattr(f"splatelier.tools.site.{module}.SITE_TEMPLATES", installed)
        monkeypatch.setattr(f"splatelier.tools.site.{module}.VIEWER", installed / "viewer" / "dist")
    render_site(workspace)
    assert site_problems(workspace) == []
    for changed in ("cinematic/still.css", "viewer/dist/licences.txt"):
        with (installed / changed).open("a") as file:
            file.write("\n")
        assert site_problems(workspace) == ["the site was rendered by another template or viewer; call render_site"]
        render_site(workspace)


@pytest.mark.parametrize(
    ("role", "name", "content"),
    [
        ("model", "e.html", b"<script>alert(1)</script>"),
        ("model", "e.ksplat", b"<script>alert(1)</script>" * 500),
        ("model", "e.glb", b"<script>alert(1)</script>" * 500),
        ("image", "e.html", b"<script>alert(1)</script>"),
        ("image", "e.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("poster", "e.js", b"alert(1)"),
        ("poster", "e.webp", b"alert(1)"),
    ],
)
def test_what_is_no_model_or_picture_does_not_reach_the_site(
    workspace: Workspace, role: str, name: str, content: bytes
) -> None:
    before = contents(render_site(workspace))
    (workspace.root / "assets" / "one" / name).write_bytes(content)
    text = json.loads((workspace.root / "gallery.json").read_text())
    text["items"][0][role] = f"assets/one/{name}"
    (workspace.root / "gallery.json").write_text(json.dumps(text))  # by hand
    with pytest.raises(SplatelierError):
        render_site(workspace)
    assert contents(workspace.root / "site") == before


def test_the_settings_offer_the_type_pairings_that_there_are() -> None:
    field = Settings.model_fields["fonts"]
    assert set(get_args(field.annotation)) == set(PAIRINGS)
    for name in PAIRINGS:
        assert all(face.path.is_file() for face in pairing(name))
        assert f"{name} ({PAIRINGS[name][0]} with" in str(field.description)
