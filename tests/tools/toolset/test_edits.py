"""The tools that change the manifest."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.splats import Splats
from splatelier.tools.toolset.edits import (
    AddItem,
    FrameItem,
    MoveItem,
    RemoveItem,
    RenameItem,
    ReplaceItem,
    SetGallery,
    SetStyle,
    settings_inputs,
)
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow


def block(count: int = 400, seed: int = 0) -> Splats:
    """Opaque Gaussians in a box of 1 x 2 x 1."""
    random = np.random.default_rng(seed)
    centers = random.uniform((-0.5, -1, -0.5), (0.5, 1, 0.5), (count, 3)).astype(np.float32)
    return Splats(
        centers=centers,
        log_scales=np.full((count, 3), np.log(0.02), np.float32),
        rotations=np.tile(np.array([1, 0, 0, 0], np.float32), (count, 1)),
        logits=np.full(count, 4, np.float32),
        dc=random.normal(0, 1, (count, 3)).astype(np.float32),
        rest=np.zeros((count, 3, 0), np.float32),
        upright=True,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "gallery")


@pytest.fixture
def files(workspace: Workspace) -> Callable[[int], dict[str, str]]:
    """Makes the files of one piece: a picture, an upright .ply and its .ksplat."""

    def make(seed: int) -> dict[str, str]:
        folder = workspace.root / ".splatelier" / "work"
        folder.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (32, 64), (200, 150, seed)).save(folder / f"{seed}.webp")
        write_ply(folder / f"{seed}.ply", block(seed=seed))
        write_ksplat(folder / f"{seed}.ksplat", block(seed=seed), level=1)
        below = ".splatelier/work"
        return {"image": f"{below}/{seed}.webp", "splat": f"{below}/{seed}.ply", "model": f"{below}/{seed}.ksplat"}

    return make


def add(workspace: Workspace, files: Callable[[int], dict[str, str]], *titles: str) -> None:
    for seed, title in enumerate(titles):
        AddItem(workspace)(title=title, caption=f"About {title}.", **files(seed))


@pytest.mark.parametrize("keep", [0, 40, 90])
def test_a_picture_that_is_not_whole_is_refused_and_nothing_of_the_piece_is_kept(
    workspace: Workspace, files: Callable[[int], dict[str, str]], keep: int
) -> None:
    made = files(1)
    Image.effect_noise((64, 64), 80).save(workspace.root / "cut.png")
    (workspace.root / "cut.png").write_bytes((workspace.root / "cut.png").read_bytes()[:keep])
    for tool, more in ((AddItem(workspace), {}), (ReplaceItem(workspace), {"slug": "one"})):
        with pytest.raises(SplatelierError, match="not a picture that can be read"):
            tool(title="One", **{**made, "image": "cut.png"}, **more)
    assert load_gallery(workspace).items == []
    assert not (workspace.root / "assets").exists()


def test_an_added_piece_has_its_files_under_their_usual_names(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    assert AddItem(workspace)(title="Sacré-Cœur", **files(3)) == {"slug": "sacre-coeur", "position": 1, "items": 1}
    item = load_gallery(workspace).items[0]
    folder = workspace.root / "assets" / "sacre-coeur"
    assert sorted(path.name for path in folder.iterdir()) == ["poster.webp", "source.png", "splat.ksplat", "splat.ply"]
    with Image.open(folder / "source.png") as picture:
        assert picture.format == "PNG"
    assert item.framing.radius == pytest.approx(1.2, abs=0.2)
    assert item.poster == "assets/sacre-coeur/poster.webp"


def test_adding_the_same_title_again_updates_it_in_its_place(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two")
    assert AddItem(workspace)(title="One", caption="New words.", **files(0))["items"] == 2
    assert [item.caption for item in load_gallery(workspace).items] == ["New words.", "About Two."]


def test_adding_to_a_piece_changes_only_what_is_given(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two")
    RenameItem(workspace)(slug="one", detail="1,200 kr.", link="https://shop.example/one")
    FrameItem(workspace)(slug="one", closer=2)
    before = load_gallery(workspace).items[0]

    AddItem(workspace)(title="One", caption="New words.")
    after = load_gallery(workspace).items[0]
    assert after == before.model_copy(update={"caption": "New words."})

    AddItem(workspace)(title="One", image=files(9)["image"])
    pictured = load_gallery(workspace).items[0]
    assert (pictured.caption, pictured.detail, pictured.framing) == ("New words.", "1,200 kr.", before.framing)
    assert pictured.image != before.image
    assert workspace.existing(pictured.model).read_bytes() == workspace.existing(before.model).read_bytes()
    with pytest.raises(SplatelierError, match="needs its image and its model"):
        AddItem(workspace)(title="Three", caption="No files.")


def test_undo_shows_the_picture_that_was_there_before_a_piece_was_added_again(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    made = files(1)
    history.begin(workspace)
    AddItem(workspace)(title="One", **made)
    history.keep(workspace, "add one")
    old = load_gallery(workspace).items[0]
    paths = [path for path in (old.image, old.model, old.source, old.poster) if path]
    bytes_before = {path: workspace.existing(path).read_bytes() for path in paths}
    AddItem(workspace)(title="One", **{**made, "image": files(200)["image"]})
    AddItem(workspace)(title="One", **files(7))
    history.keep(workspace, "another picture")
    new = load_gallery(workspace).items[0]
    assert workspace.existing(new.image).read_bytes() != bytes_before[old.image]
    history.undo(workspace)
    assert load_gallery(workspace).items[0] == old
    assert {path: workspace.existing(path).read_bytes() for path in paths} == bytes_before


def test_a_replaced_piece_keeps_its_place_and_the_old_files_stay_for_undo(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two", "Three")
    old = load_gallery(workspace).items[1]
    ReplaceItem(workspace)(slug="two", title="Two", **files(9))
    new = load_gallery(workspace).items[1]
    assert new.model == "assets/two-2/splat.ksplat"
    assert workspace.resolve(old.model).read_bytes() != workspace.resolve(new.model).read_bytes()
    ReplaceItem(workspace)(slug="two", title="Four", **files(4))
    assert [item.slug for item in load_gallery(workspace).items] == ["one", "four", "three"]
    with pytest.raises(SplatelierError, match="already has 'One'"):
        ReplaceItem(workspace)(slug="four", title="One", **files(5))


def test_pieces_are_moved_renamed_and_removed(workspace: Workspace, files: Callable[[int], dict[str, str]]) -> None:
    add(workspace, files, "One", "Two", "Three")
    assert MoveItem(workspace)(slug="three", position=1) == {"order": ["three", "one", "two"]}
    assert MoveItem(workspace)(slug="three", position=99)["order"] == ["one", "two", "three"]
    RenameItem(workspace)(slug="one", title="First")
    RemoveItem(workspace)(slug="two")
    assert [(item.slug, item.title) for item in load_gallery(workspace).items] == [("one", "First"), ("three", "Three")]


def test_a_price_with_a_link_is_set_and_taken_away_and_leads_to_the_web_only(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One")
    RenameItem(workspace)(slug="one", detail="1,200 kr.", link="https://shop.example/one")
    with pytest.raises(SplatelierError, match="link"):
        RenameItem(workspace)(slug="one", link="javascript:alert(1)")
    item = load_gallery(workspace).items[0]
    assert (item.title, item.detail, item.link) == ("One", "1,200 kr.", "https://shop.example/one")
    assert RenameItem(workspace)(slug="one", link="")["link"] is None
    assert load_gallery(workspace).items[0].detail == "1,200 kr."


def test_every_setting_can_be_set_and_is_explained(workspace: Workspace) -> None:
    inputs = settings_inputs()
    assert set(inputs) == set(Settings.model_fields)
    assert all(entry["description"] for entry in inputs.values())
    assert SetStyle(workspace)(zoom=0.7)["zoom"] == 0.7
    assert load_gallery(workspace).settings.zoom == 0.7


@pytest.mark.parametrize(
    ("change", "words"),
    [({"zoom": 40}, "zoom"), ({"background": "reddish"}, "background"), ({"glow": 3}, "no setting 'glow'")],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_changes(
    workspace: Workspace, change: dict[str, object], words: str
) -> None:
    SetStyle(workspace)(zoom=0.8)
    with pytest.raises(SplatelierError, match=words):
        SetStyle(workspace)(**change)
    assert load_gallery(workspace).settings.zoom == 0.8


def test_words_of_the_gallery_are_set_one_by_one(workspace: Workspace) -> None:
    SetGallery(workspace)(title="Stone")
    assert SetGallery(workspace)(subtitle="In light") == {
        "title": "Stone",
        "subtitle": "In light",
        "template": "cinematic",
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"image": "../../etc/passwd"}, "outside the gallery"),
        ({"model": "missing.ksplat"}, "no file 'missing.ksplat'"),
        ({"model": ".splatelier/work/0.ply"}, "cannot be shown"),
        ({"image": ".splatelier/work/0.ply"}, "not a picture"),
        ({"splat": None}, "without a framing"),
        ({"framing": {"center": 3}}, "not what frame_splat returns"),
    ],
)
def test_a_piece_that_is_not_whole_is_refused_and_the_gallery_stays(
    workspace: Workspace, files: Callable[[int], dict[str, str]], wrong: dict[str, object], words: str
) -> None:
    with pytest.raises(SplatelierError, match=words):
        AddItem(workspace)(**{"title": "One", **files(0), **wrong})
    assert load_gallery(workspace).items == []


def test_a_piece_is_added_where_it_is_wanted_and_stays_there_when_it_is_updated(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two")
    assert AddItem(workspace)(title="Three", position=1, **files(3))["position"] == 1
    assert AddItem(workspace)(title="Three", caption="New.", **files(3))["position"] == 1
    assert [item.slug for item in load_gallery(workspace).items] == ["three", "one", "two"]


def test_one_piece_is_framed_anew_with_a_still_that_fits_and_undo_still_has_the_old_one(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two")
    old, other = load_gallery(workspace).items
    framing = FrameItem(workspace)(slug="one", closer=2, turn=-30, higher=10)
    new, same = load_gallery(workspace).items
    assert same == other
    assert framing["radius"] == pytest.approx(old.framing.radius / 2)
    assert (new.framing.azimuth, new.framing.elevation) == (330, old.framing.elevation + 10)
    assert new.framing.center == old.framing.center
    assert new.poster != old.poster
    assert coverage(workspace, new.poster) > 1.5 * coverage(workspace, old.poster)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"closer": 0}, "closer"), ({"closer": float("nan")}, "closer"), ({"higher": 90}, "80"), ({"slug": "x"}, "one")],
)
def test_a_framing_that_no_camera_can_take_is_refused(
    workspace: Workspace, files: Callable[[int], dict[str, str]], wrong: dict[str, object], words: str
) -> None:
    add(workspace, files, "One")
    before = load_gallery(workspace)
    with pytest.raises(SplatelierError, match=words):
        FrameItem(workspace)(**{"slug": "one", **wrong})
    assert load_gallery(workspace) == before


def test_a_template_that_is_not_there_is_answered_with_those_that_are(workspace: Workspace) -> None:
    with pytest.raises(SplatelierError, match="cinematic"):
        SetGallery(workspace)(template="baroque")
    assert load_gallery(workspace).template == "cinematic"


def coverage(workspace: Workspace, poster: str | None) -> float:
    """How much of a still its piece takes, 0 to 1."""
    assert poster is not None
    with Image.open(workspace.existing(poster)) as still:
        return float((np.asarray(still.convert("RGBA"))[..., 3] > 64).mean())


def test_an_unknown_slug_is_answered_with_the_known_ones(
    workspace: Workspace, files: Callable[[int], dict[str, str]]
) -> None:
    add(workspace, files, "One", "Two")
    with pytest.raises(SplatelierError, match="one, two"):
        RemoveItem(workspace)(slug="three")


def test_threads_that_add_at_once_lose_nothing(workspace: Workspace, files: Callable[[int], dict[str, str]]) -> None:
    pieces = [(f"Piece {seed}", files(seed)) for seed in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda piece: AddItem(workspace)(title=piece[0], **piece[1]), pieces))
    assert {item.title for item in load_gallery(workspace).items} == {title for title, _ in pieces}
