import math
from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from splatelier.tools.splats.draw.camera import camera
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.framing import Framing, framing_of
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import Splats
from tests.tools.splats.shapes import colored, tower


def with_strays(splats: Splats, share: float, seed: int) -> Splats:
    """The same splat with a share of its Gaussians ten times further out."""
    rng = np.random.default_rng(seed)
    centers = splats.centers.copy()
    stray = rng.choice(len(centers), int(share * len(centers)), replace=False)
    centers[stray] *= 10
    return replace(splats, centers=centers)


def test_the_frame_holds_a_known_shape() -> None:
    framing = frame(tower())
    assert framing.center[::2] == pytest.approx((0, 0), abs=0.05)
    assert -0.3 < framing.center[1] < 0  # the foot comes near the camera as it turns, so the camera looks lower
    assert 1.2 < framing.radius < 1.4  # half a height of 1, a foot whose corner is 0.85 out, and how far they are seen
    assert framing.azimuth == 0


@pytest.mark.parametrize("seed", range(4))
def test_two_percent_of_strays_ten_times_further_out_change_nothing(seed: int) -> None:
    clean, strayed = frame(tower()), frame(with_strays(tower(), 0.02, seed))
    assert strayed.radius == pytest.approx(clean.radius, rel=0.02)
    assert strayed.center == pytest.approx(clean.center, abs=0.02 * clean.radius)


def test_strays_all_on_one_side_change_nothing() -> None:
    splats = tower()
    centers = splats.centers.copy()
    centers[::50] = np.abs(centers[::50]) * 10 + 2
    strayed = frame(replace(splats, centers=centers))
    assert strayed.radius == pytest.approx(frame(splats).radius, rel=0.02)


@pytest.mark.parametrize("stretch", [(1, 1, 1), (1, 0.2, 1), (0.2, 1, 0.2), (1, 0.8, 0.3)])
def test_every_gaussian_of_the_body_is_inside_every_frame_from_every_azimuth(
    stretch: tuple[float, float, float],
) -> None:
    splats = replace(tower(), centers=tower().centers * np.array(stretch, dtype=np.float32))
    framing = frame(splats)
    reach = 3 * splats.scales.max(axis=1)
    fullest = 0.0
    for width, height in [(1920, 1080), (800, 800), (390, 844)]:
        for azimuth in range(0, 360, 7):
            view = camera(framing, width, height, turned=azimuth)
            right, up, back = ((splats.centers - view.position) @ view.axes.T).T
            scale = view.focal / -back
            assert ((np.abs(right) + 0.95 * reach) * scale <= width / 2 * 1.001).all()
            assert ((np.abs(up) + 0.95 * reach) * scale <= height / 2 * 1.001).all()
            fullest = max(fullest, (np.abs(up) * scale).max() * 2 / height, (np.abs(right) * scale).max() * 2 / width)
    assert fullest > 0.9


def test_a_needle_on_a_slab_is_framed_to_its_tip() -> None:
    rng = np.random.default_rng(3)
    slab = rng.uniform([-0.5, -0.1, -0.5], [0.5, 0.0, 0.5], (9000, 3))
    needle = np.stack([rng.normal(0, 0.01, 1000), rng.uniform(0, 1, 1000), rng.normal(0, 0.01, 1000)], axis=1)
    both = np.concatenate([slab, needle]).astype(np.float32)
    framing = frame(colored(both, np.full_like(both, 0.5)))
    assert framing.center[1] + framing.radius >= 1.0


def test_transparent_gaussians_do_not_count() -> None:
    splats = tower()
    far = replace(splats, centers=splats.centers + 50, logits=np.full_like(splats.logits, -9))
    both = Splats(
        *(
            np.concatenate([getattr(splats, name), getattr(far, name)])
            for name in Splats.__dataclass_fields__
            if name not in ("upright", "notices")
        )
    )
    assert frame(both).radius == pytest.approx(frame(splats).radius, rel=1e-3)


def test_flat_things_are_seen_from_higher_up() -> None:
    flat = replace(tower(), centers=tower().centers * np.array([1, 0.1, 1], dtype=np.float32))
    assert frame(flat).elevation > frame(tower()).elevation


def test_a_splat_that_cannot_be_seen_is_refused() -> None:
    with pytest.raises(SplatError, match="transparent"):
        frame(replace(tower(), logits=np.full(20_000, -20, dtype=np.float32)))


@pytest.mark.parametrize(
    "values",
    [
        {"radius": 0.0},
        {"radius": -1.0},
        {"radius": math.nan},
        {"radius": math.inf},
        {"center": (0.0, math.nan, 0.0)},
        {"center": (0.0, -math.inf, 0.0)},
        {"center": (0.0, 0.0)},
        {"azimuth": math.nan},
        {"elevation": math.inf},
        {"radius": 1e300},
    ],
)
def test_a_framing_that_no_camera_can_stand_at_is_refused(values: dict[str, object]) -> None:
    fields = {"center": (0.0, 0.0, 0.0), "radius": 1.0, **values}
    with pytest.raises(SplatError):
        Framing(**fields)  # type: ignore[arg-type]
    with pytest.raises(SplatError):
        framing_of(fields)
    with pytest.raises(ValidationError):
        TypeAdapter(Framing).validate_python(fields)


@pytest.mark.parametrize(
    "given", [{}, {"center": [0, 0, 0]}, {"center": 3, "radius": 1}, {"center": "abc", "radius": 1}]
)
def test_what_is_no_framing_is_refused_in_one_sentence(given: dict[str, object]) -> None:
    with pytest.raises(SplatError, match="not what frame_splat returns"):
        framing_of(given)


def test_a_framing_may_be_spelt_out_with_whole_numbers_and_more_beside_it() -> None:
    given = {"center": [0, 1, 2], "radius": 3, "elevation": 4, "splat": "a.ply"}
    assert framing_of(given) == Framing((0.0, 1.0, 2.0), 3.0, 0.0, 4.0)
