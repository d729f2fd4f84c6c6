from dataclasses import replace

import numpy as np
import pytest

from splatelier.tools.splats.draw.camera import Camera, camera
from splatelier.tools.splats.draw.grade import AS_MADE, grade
from splatelier.tools.splats.draw.harmonics import seen_colors
from splatelier.tools.splats.draw.posters import render_poster
from splatelier.tools.splats.draw.preview import draw, render, turntable
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import SH_C0, Splats
from tests.tools.splats.shapes import colored, random_splats, tower

FRONT = Framing(center=(0, 0, 0), radius=1.0, azimuth=0, elevation=0)


def reference(splats: Splats, view: Camera) -> np.ndarray:
    """The same picture by the plainest means: every Gaussian over every pixel, in float64."""
    y, x = np.mgrid[0 : view.height, 0 : view.width] + 0.5
    local = (splats.centers.astype(np.float64) - view.position) @ view.axes.T
    color, through = np.zeros((view.height, view.width, 3)), np.ones((view.height, view.width))
    for i in np.argsort(-local[:, 2]):
        px, py, pz = local[i]
        jacobian = view.focal * np.array([[1 / -pz, 0, px / pz**2], [0, 1 / pz, -py / pz**2]])
        w, qx, qy, qz = splats.rotations[i] / np.linalg.norm(splats.rotations[i])
        cross = np.array([[0, -qz, qy], [qz, 0, -qx], [-qy, qx, 0]])
        stretched = (np.eye(3) + 2 * w * cross + 2 * cross @ cross) @ np.diag(splats.scales[i])
        flat = jacobian @ view.axes @ stretched
        covariance = flat @ flat.T + 0.3 * np.eye(2)
        offset = np.stack([x - (view.width / 2 + view.focal * px / -pz), y - (view.height / 2 + view.focal * py / pz)])
        power = np.einsum("iyx,ij,jyx->yx", offset, np.linalg.inv(covariance), offset)
        alpha = splats.alphas[i] * np.exp(-power / 2) * (power <= 2.83**2)
        alpha *= alpha >= 1 / 255
        color += (through * alpha)[..., None] * np.clip(splats.colors[i], 0, 1)
        through *= 1 - alpha
    return color


def test_the_renderer_draws_what_the_formulas_say() -> None:
    splats = random_splats(60, seed=3)
    splats = replace(splats, centers=splats.centers * np.float32(0.4), log_scales=splats.log_scales + np.float32(1.5))
    view = camera(Framing((0.1, 0, 0), 1.2, 30, 20), 90, 70)
    got = render(splats, view) / 255
    assert np.abs(got - reference(splats, view)).max() < 2.5 / 255


def test_x_is_right_y_is_up_and_the_nearer_one_hides_the_farther() -> None:
    red, green, blue = np.eye(3)
    centers = np.array([[0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5], [0, 0, -0.5]])
    picture = render(colored(centers, np.stack([red, green, blue, red]), 0.1), camera(FRONT, 201, 201))
    assert picture[100, 150].argmax() == 0
    assert picture[50, 100].argmax() == 1
    assert picture[100, 100].argmax() == 2


def test_azimuth_90_looks_from_plus_x_and_elevation_from_above() -> None:
    centers, colors = np.array([[0.5, 0, 0], [-0.5, 0, 0], [0, 0.6, 0]]), np.eye(3)
    from_x = render(colored(centers, colors, 0.1), camera(replace(FRONT, azimuth=90), 101, 101))
    assert from_x[50, 50].argmax() == 0
    from_above = render(colored(centers, colors, 0.1), camera(replace(FRONT, elevation=89), 101, 101))
    assert from_above[50, 50].argmax() == 2


@pytest.mark.parametrize("size", [(200, 200), (300, 150), (120, 240)])
def test_the_whole_object_is_in_view_at_zoom_1_from_every_azimuth(size: tuple[int, int]) -> None:
    splats = tower(8000)
    framing = frame(splats)
    for turned in range(0, 360, 45):
        alpha = draw(splats, camera(framing, *size, turned=turned))[..., 3]
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.max() == 0
        assert alpha.max() > 200


def test_zooming_in_enlarges_what_is_drawn() -> None:
    splats = tower(8000)
    areas = [(draw(splats, camera(frame(splats), 160, 160, zoom=zoom))[..., 3] > 128).sum() for zoom in (0.5, 1, 1.4)]
    assert areas[0] * 3 < areas[1]
    assert areas[1] * 1.6 < areas[2]


def test_a_poster_is_transparent_around_the_object_and_like_the_preview_on_it() -> None:
    splats = tower(20_000)
    framing = frame(splats)
    poster = render_poster(splats, framing, (160, 160))
    assert poster.mode == "RGBA"
    flat = np.asarray(poster).astype(float)
    white = flat[..., :3] * flat[..., 3:] / 255 + 255 - flat[..., 3:]
    expected = render(splats, camera(framing, 160, 160), (255, 255, 255)).astype(float)
    assert np.abs(white - expected).max() <= 2
    assert flat[0, 0, 3] == 0


def test_a_turntable_shows_every_side_once() -> None:
    splats = tower(8000)
    sheet = turntable(splats, frame(splats), views=6, columns=3, size=64)
    assert sheet.shape == (128, 192, 3)
    tiles = [sheet[64 * (i // 3) : 64 * (i // 3) + 64, 64 * (i % 3) : 64 * (i % 3) + 64] for i in range(6)]
    assert all(tile.max() > 60 for tile in tiles)
    assert all(np.abs(tiles[0].astype(int) - tile).mean() > 0.2 for tile in tiles[1:])


def test_harmonics_colour_what_is_seen_from_their_side() -> None:
    rest = np.zeros((1, 3, 3), dtype=np.float32)
    rest[0, 0, 1] = 1  # red grows with z
    splats = replace(random_splats(1), rest=rest)
    ahead, behind = (seen_colors(splats, np.array([[0, 0, z]], dtype=np.float32)) for z in (1, -1))
    assert ahead[0, 0] - behind[0, 0] == pytest.approx(2 * 0.4886025, rel=1e-5)
    assert ahead[0, 1] == behind[0, 1]


def test_gaussians_behind_the_camera_and_beside_the_picture_do_no_harm() -> None:
    far = random_splats(500, seed=8)
    far = replace(far, centers=far.centers * np.float32(50), log_scales=far.log_scales + np.float32(6))
    picture = render(far, camera(FRONT, 64, 48))
    assert picture.shape == (48, 64, 3)
    nothing = replace(far, centers=np.tile(np.array([0, 0, 90], dtype=np.float32), (500, 1)))
    assert render(nothing, camera(FRONT, 64, 48), (10, 20, 30)).reshape(-1, 3).tolist() == [[10, 20, 30]] * (64 * 48)


def test_the_light_on_a_picture_is_the_light_on_each_gaussian() -> None:
    cold = grade(light=-0.6, exposure=-0.5, contrast=0.9)
    splats = tower(3000)
    view = camera(frame(splats), 96, 96)
    lit = replace(splats, dc=((cold.of(splats.colors) - 0.5) / SH_C0).astype(np.float32))
    one, other = render(splats, view, grade=cold).astype(int), render(lit, view).astype(int)
    assert np.abs(one - other).max() <= 3
    assert np.abs(one - render(splats, view)).max() > 40


def test_nothing_changes_in_the_light_that_a_splat_was_made_in() -> None:
    assert grade(light=0, exposure=0, contrast=1) == AS_MADE
    colors = np.linspace(0, 1, 30, dtype=np.float32).reshape(10, 3)
    np.testing.assert_array_equal(AS_MADE.of(colors), colors)


def test_each_wish_about_light_does_what_it_says() -> None:
    grey = np.full((1, 3), 0.5, dtype=np.float32)
    warm, cold = grade(1, 0, 1).of(grey)[0], grade(-1, 0, 1).of(grey)[0]
    assert warm[0] > 0.5 > warm[2]
    assert cold[2] > 0.5 > cold[0]
    np.testing.assert_allclose(grade(0, 1, 1).of(grey), 0.5 * 2 ** (1 / 2.2), rtol=1e-3)  # a stop is twice the light
    np.testing.assert_allclose(grade(0, 0, 1.5).of(grey), grey, atol=1e-4)  # contrast turns about the middle grey
    np.testing.assert_allclose(grade(0, 0, 1.5).of(grey + 0.1), 0.65, atol=1e-3)
    assert grade(0, 0, 1.5).of(grey * 0).min() == 0
