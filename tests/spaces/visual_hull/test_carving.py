"""The image -> splat Space: what it carves, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from plyfile import PlyData

from splatelier.spaces.launcher import OfflineSpaces
from splatelier.spaces.visual_hull.hull import MAX_GAUSSIANS, NoSubjectError, reconstruct, write_ply

STONE, SLATE = (206, 190, 160), (90, 120, 150)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stone block with an open arch, and a slate turret on its left shoulder."""
    picture = Image.new("RGB", (512, 512))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((106, 200, 405, 449), fill=STONE)
    draw.rectangle((206, 300, 305, 449), fill=0)
    draw.rectangle((106, 100, 155, 199), fill=SLATE)
    path = tmp_path_factory.mktemp("pictures") / "gate.png"
    picture.save(path)
    return path


def sketch(path: Path, box: tuple[int, int, int, int], shape: str = "rectangle", size: int = 256) -> Path:
    picture = Image.new("RGB", (size, size))
    getattr(ImageDraw.Draw(picture), shape)(box, fill=STONE)
    picture.save(path)
    return path


def hexahedron(position: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ptp(position, axis=0)


def test_the_hull_has_the_pictures_outline_from_the_front_and_from_the_side(gate: Path) -> None:
    gaussians = reconstruct(gate, resolution=175)
    with Image.open(gate) as picture:
        outline = np.asarray(picture.convert("L").crop((106, 100, 406, 450)).resize((150, 175))) > 60
    columns = np.clip((gaussians.position[:, [0, 2]] * 175 + 75).astype(int), 0, 149)
    rows = np.clip((87.5 - gaussians.position[:, 1] * 175).astype(int), 0, 174)
    for column in columns.T:
        drawn = np.zeros_like(outline)
        drawn[rows, column] = True
        overlap = (drawn & outline).sum() / (drawn | outline).sum()
        assert overlap > 0.96


def test_an_arch_stays_open_and_its_inside_has_walls(gate: Path) -> None:
    gaussians = reconstruct(gate, resolution=175)
    in_the_arch = (np.abs(gaussians.position[:, 0]) < 0.1) & (gaussians.position[:, 1] < -0.3)
    assert not (in_the_arch & (np.abs(gaussians.position[:, 2]) < 0.1)).any()
    walls = (np.abs(np.abs(gaussians.position[:, 0]) - 0.14) < 0.02) & (np.abs(gaussians.normal[:, 0]) > 0.9)
    assert (walls & (gaussians.position[:, 1] < -0.2)).sum() > 1000


def test_the_front_and_the_flanks_have_the_pictures_colours(gate: Path) -> None:
    gaussians = reconstruct(gate, resolution=175)
    turret = (gaussians.position[:, 1] > 0.25) & (gaussians.position[:, 1] < 0.45)
    for axis in (0, 2):
        facing = np.abs(gaussians.normal[:, axis]) > 0.95
        hue = gaussians.colour[facing & turret].mean(0)
        assert np.allclose(hue / hue.max(), np.array(SLATE) / max(SLATE), atol=0.05)
        hue = gaussians.colour[facing & ~turret & (gaussians.position[:, 1] < 0.1)].mean(0)
        assert np.allclose(hue / hue.max(), np.array(STONE) / max(STONE), atol=0.05)


def test_left_in_the_picture_is_left_on_the_front_and_the_front_looks_to_plus_z(gate: Path) -> None:
    gaussians = reconstruct(gate, resolution=128)
    turret = gaussians.position[gaussians.position[:, 1] > 0.3]
    assert turret[:, 0].max() < 0
    lit = gaussians.colour.mean(1)
    assert lit[gaussians.normal[:, 2] > 0.9].mean() > lit[gaussians.normal[:, 2] < -0.9].mean()


def test_normals_are_unit_and_point_outwards(tmp_path: Path) -> None:
    gaussians = reconstruct(sketch(tmp_path / "ball.png", (40, 40, 215, 215), "ellipse"), resolution=128)
    assert np.allclose(np.linalg.norm(gaussians.normal, axis=1), 1, atol=1e-5)
    outwards = gaussians.position / np.linalg.norm(gaussians.position, axis=1, keepdims=True)
    assert np.sum(outwards * gaussians.normal, axis=1).mean() > 0.95


def test_a_bulging_outline_becomes_round_and_a_straight_one_stays_square(tmp_path: Path) -> None:
    ball = reconstruct(sketch(tmp_path / "ball.png", (40, 40, 215, 215), "ellipse"), resolution=128)
    assert abs(np.linalg.norm(ball.position, axis=1) - 0.5).max() < 0.03
    box = reconstruct(sketch(tmp_path / "box.png", (40, 40, 215, 215)), resolution=128)
    assert np.hypot(box.position[:, 0], box.position[:, 2]).max() > 0.68


def test_no_hole_shows_in_a_wall(tmp_path: Path) -> None:
    """Along a flat wall, the Gaussians' opacities add up to a nearly opaque sheet at its weakest point."""
    box = reconstruct(sketch(tmp_path / "box.png", (40, 40, 215, 215)), resolution=64)
    wall = box.position[box.normal[:, 2] > 0.99]
    middle = wall[np.argmin(np.linalg.norm(wall[:, :2], axis=1))]
    weakest = middle[:2] + 0.5 / 64
    distance = np.linalg.norm(wall[:, :2] - weakest, axis=1) / box.sigma[0]
    transparency = np.prod(1 - box.alpha * np.exp(-(distance**2) / 2))
    assert transparency < 0.12


def test_the_depth_ratio_is_depth_over_width(gate: Path) -> None:
    width, _, depth = hexahedron(reconstruct(gate, resolution=128, depth_ratio=0.5).position)
    assert depth / width == pytest.approx(0.5, abs=0.03)


def test_the_same_picture_gives_the_same_bytes(gate: Path, tmp_path: Path) -> None:
    for name in ("first.ply", "second.ply"):
        write_ply(reconstruct(gate, resolution=96), tmp_path / name)
    assert (tmp_path / "first.ply").read_bytes() == (tmp_path / "second.ply").read_bytes()


def test_never_more_gaussians_than_triposplat_writes(tmp_path: Path) -> None:
    picture = sketch(tmp_path / "box.png", (8, 8, 247, 247))
    gaussians = reconstruct(picture, resolution=384)
    assert 0.9 * MAX_GAUSSIANS < len(gaussians) <= MAX_GAUSSIANS


def test_the_ply_is_the_standard_one_with_y_down(gate: Path, tmp_path: Path) -> None:
    gaussians = reconstruct(gate, resolution=96)
    path = tmp_path / "splat.ply"
    write_ply(gaussians, path)
    vertex = PlyData.read(path)["vertex"]
    names = "x y z nx ny nz f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3"
    assert [item.name for item in vertex.properties] == names.split()
    assert path.stat().st_size - path.read_bytes().index(b"end_header\n") - 11 == 68 * len(gaussians)
    assert np.allclose(vertex["y"], -gaussians.position[:, 1])
    assert np.allclose(vertex["z"], -gaussians.position[:, 2])
    assert np.allclose(0.5 + 0.28209479177387814 * vertex["f_dc_0"], gaussians.colour[:, 0], atol=1e-6)
    w, x, y, z = (vertex[f"rot_{index}"] for index in range(4))
    thin_axis = np.stack([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)], -1)
    normal = np.stack([vertex["nx"], vertex["ny"], vertex["nz"]], -1)
    assert np.allclose(thin_axis, normal, atol=1e-5)
    assert vertex["scale_2"].max() < vertex["scale_0"].min() == vertex["scale_1"].min()


@pytest.mark.parametrize("background", [(255, 255, 255), (40, 60, 90), None])
def test_any_plain_background_will_do(tmp_path: Path, background: tuple[int, int, int] | None) -> None:
    picture = Image.new("RGBA", (256, 256), (*background, 255) if background else (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((60, 40, 199, 219), fill=STONE)
    picture.save(tmp_path / "box.png")
    width, height, _ = hexahedron(reconstruct(tmp_path / "box.png", resolution=90).position)
    assert width / height == pytest.approx(140 / 180, abs=0.02)


def test_stars_and_dust_are_not_subject(tmp_path: Path, gate: Path) -> None:
    with Image.open(gate) as picture:
        dusty = np.array(picture)
    dusty[5::37, 3::41] = 255
    Image.fromarray(dusty).save(tmp_path / "dusty.png")
    clean, kept = (reconstruct(path, resolution=96) for path in (gate, tmp_path / "dusty.png"))
    assert np.allclose(hexahedron(clean.position), hexahedron(kept.position), atol=0.02)


@pytest.mark.parametrize("value", [0, 200])
def test_a_picture_of_nothing_is_refused(tmp_path: Path, value: int) -> None:
    Image.new("L", (128, 128), value).save(tmp_path / "nothing.png")
    with pytest.raises(NoSubjectError, match="no subject in this picture: send one object"):
        reconstruct(tmp_path / "nothing.png")


def test_a_picture_without_background_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (128, 128, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    with pytest.raises(NoSubjectError, match=r"no plain background.*send one object isolated"):
        reconstruct(tmp_path / "noise.png")


def test_the_space_answers_to_the_real_client(offline_house: OfflineSpaces, gate: Path, tmp_path: Path) -> None:
    client = Client(
        offline_house.spaces["splatelier/visual-hull"],
        token=False,
        verbose=False,
        analytics_enabled=False,
        download_files=tmp_path,
    )
    splat = client.predict(image=handle_file(gate), resolution=96, api_name="/reconstruct")
    write_ply(reconstruct(gate, resolution=96), tmp_path / "here.ply")
    assert Path(splat).read_bytes() == (tmp_path / "here.ply").read_bytes()
    Image.new("RGB", (64, 64)).save(tmp_path / "black.png")
    with pytest.raises(AppError, match="no subject in this picture"):
        client.predict(image=handle_file(tmp_path / "black.png"), api_name="/reconstruct")


def test_a_gate_is_shallower_than_wide_and_a_tower_is_not(tmp_path: Path) -> None:
    gate, tower = np.zeros((2, 120, 120, 3), np.uint8)
    gate[10:110, 10:110] = 200
    gate[40:110, 35:85] = 0
    for row in range(100):
        tower[10 + row, 60 - row // 2 - 1 : 60 + row // 2 + 1] = 200
    tower[60:110, 50:70] = 0
    depths = []
    for number, picture in enumerate((gate, tower)):
        path = tmp_path / f"{number}.png"
        Image.fromarray(picture).save(path)
        position = reconstruct(path, 64).position
        extent = position.max(axis=0) - position.min(axis=0)
        depths.append(extent[2] / extent[0])
    assert 0.3 < depths[0] < 0.5
    assert 0.9 < depths[1] < 1.1
