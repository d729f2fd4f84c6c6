import numpy as np
import pytest

from splatelier.tools.splats.ops.orient import Picture, judge, turn, upright
from splatelier.tools.splats.splats import Floats, Splats, unit_rotations
from tests.tools.splats.shapes import random_splats, tower


def rotation_matrices(rotations: Floats) -> np.ndarray:
    w, x, y, z = unit_rotations(rotations).T.astype(np.float64)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), 2, 0)


def real_harmonics(directions: np.ndarray) -> np.ndarray:
    """The 15 basis functions beyond the constant one, in the order and with the signs of the 3DGS reference."""
    x, y, z = directions.T
    xx, yy, zz = x * x, y * y, z * z
    return np.stack(
        [
            -0.4886025119029199 * y,
            0.4886025119029199 * z,
            -0.4886025119029199 * x,
            1.0925484305920792 * x * y,
            -1.0925484305920792 * y * z,
            0.31539156525252005 * (2 * zz - xx - yy),
            -1.0925484305920792 * x * z,
            0.5462742152960396 * (xx - yy),
            -0.5900435899266435 * y * (3 * xx - yy),
            2.890611442640554 * x * y * z,
            -0.4570457994644658 * y * (4 * zz - xx - yy),
            0.3731763325901154 * z * (2 * zz - 3 * xx - 3 * yy),
            -0.4570457994644658 * x * (4 * zz - xx - yy),
            1.445305721320277 * z * (xx - yy),
            -0.5900435899266435 * x * (xx - 3 * yy),
        ],
        axis=1,
    )


HALF_TURN = np.diag([1.0, -1.0, -1.0])


def test_turning_rotates_every_covariance_by_the_same_half_turn() -> None:
    splats = random_splats(50)
    turned = turn(splats)
    np.testing.assert_allclose(turned.centers, splats.centers @ HALF_TURN.astype(np.float32))
    spread = np.array([0.5, 1.0, 2.0])
    for before, after in zip(rotation_matrices(splats.rotations), rotation_matrices(turned.rotations), strict=True):
        expected = HALF_TURN @ before @ np.diag(spread) @ before.T @ HALF_TURN.T
        np.testing.assert_allclose(after @ np.diag(spread) @ after.T, expected, atol=1e-6)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_turning_keeps_the_colour_seen_from_the_turned_direction(degree: int) -> None:
    splats = random_splats(20, degree, seed=degree)
    directions = np.random.default_rng(5).normal(size=(20, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    count = splats.rest.shape[2]
    before = np.einsum("nck,nk->nc", splats.rest, real_harmonics(directions)[:, :count])
    after = np.einsum("nck,nk->nc", turn(splats).rest, real_harmonics(directions @ HALF_TURN)[:, :count])
    np.testing.assert_allclose(after, before, atol=1e-6)


def test_turning_is_a_rotation_and_not_a_mirror() -> None:
    assert np.linalg.det(HALF_TURN) == pytest.approx(1)
    left = tower().centers[:, 0]
    np.testing.assert_array_equal(turn(tower()).centers[:, 0], left)


def picture_of(splats: Splats, size: int = 200) -> Picture:
    """What a camera in front of an upright splat sees, drawn as dots."""
    mask = np.zeros((size, size), dtype=bool)
    colors = np.zeros((size, size, 3), dtype=np.float32)
    order = np.argsort(splats.centers[:, 2])
    x, y, _ = splats.centers[order].T
    column, row = ((x + 1.2) / 2.4 * size).astype(int), ((1.2 - y) / 2.4 * size).astype(int)
    for dy in range(-2, 3):
        for dx in range(-2, 3):
            mask[row + dy, column + dx] = True
            colors[row + dy, column + dx] = splats.colors[order]
    return Picture(colors, mask)


def test_the_source_picture_tells_which_way_is_up() -> None:
    standing = tower()
    picture = picture_of(standing)
    as_it_stands, upside_down = judge(standing, picture), judge(turn(standing), picture)
    assert (as_it_stands.up, upside_down.up) == ("+Y", "-Y")
    assert min(as_it_stands.confidence, upside_down.confidence) > 0.95
    assert "silhouette" in upside_down.reason


def test_the_picture_overrules_what_the_shape_suggests() -> None:
    on_its_head = turn(tower())  # a thing that is wide at the top, standing as it should
    assert judge(on_its_head, picture_of(on_its_head)).up == "+Y"


def test_colours_decide_where_the_silhouette_is_symmetric() -> None:
    rng = np.random.default_rng(1)
    splats = tower(30_000)
    directions = rng.normal(size=(len(splats), 3)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    ball = Splats(
        directions, splats.log_scales, splats.rotations, splats.logits, directions.astype(np.float32), splats.rest
    )
    assert judge(ball, picture_of(ball)).up == "+Y"
    assert judge(turn(ball), picture_of(ball)).up == "-Y"


def test_without_a_picture_a_clear_shape_decides_and_the_convention_breaks_ties() -> None:
    assert judge(tower()).up == "+Y"
    assert judge(turn(tower())).up == "-Y"
    assert judge(random_splats(5000)).up == "-Y"
    assert judge(random_splats(5000)).confidence < 0.9


def test_an_upright_splat_is_never_turned_again() -> None:
    once = upright(turn(tower()), judge(turn(tower())))
    assert once.upright
    twice = upright(once, judge(once))
    np.testing.assert_array_equal(once.centers, twice.centers)
    assert judge(once).confidence == 1
