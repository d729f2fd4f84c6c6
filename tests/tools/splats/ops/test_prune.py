from dataclasses import replace

import numpy as np
import pytest

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.ops.prune import prune
from splatelier.tools.splats.splats import Splats
from tests.tools.splats.shapes import colored, tower


def together(*parts: Splats) -> Splats:
    names = ("centers", "log_scales", "rotations", "logits", "dc", "rest")
    return Splats(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def dots(centers: np.ndarray) -> Splats:
    return colored(centers, np.full_like(centers, 0.5), 0.02)


def test_each_kind_of_waste_is_dropped_and_counted() -> None:
    rng = np.random.default_rng(0)
    inside = rng.uniform(-0.3, 0.3, (40, 3))
    faint = replace(dots(inside), logits=np.full(40, -6, dtype=np.float32))
    tiny = replace(dots(inside[:7]), log_scales=np.full((7, 3), -30, dtype=np.float32))
    swollen = replace(dots(inside[:3]), log_scales=np.full((3, 3), 2, dtype=np.float32))
    floaters = dots(rng.normal(size=(60, 3)) + np.sign(rng.normal(size=(60, 3))) * 8)
    splats = together(tower(), faint, tiny, swollen, floaters)
    pruned, report = prune(splats)
    assert (report.faint, report.degenerate, report.floaters) == (40, 10, 60)
    assert report.kept == len(pruned) == 20_000


def test_a_clean_splat_is_left_as_it_is_and_looks_the_same() -> None:
    pruned, report = prune(tower())
    assert report.kept == 20_000
    assert report.psnr == 99
    np.testing.assert_array_equal(pruned.centers, tower().centers)


def test_the_picture_hardly_changes_when_only_faint_gaussians_go() -> None:
    rng = np.random.default_rng(1)
    haze = replace(dots(rng.uniform(-0.5, 0.5, (2000, 3))), logits=np.full(2000, -5, dtype=np.float32))
    _, report = prune(together(tower(), haze))
    assert report.faint == 2000
    assert 35 < report.psnr < 99


def test_dropping_everything_is_refused() -> None:
    with pytest.raises(SplatError, match="nothing would be left"):
        prune(replace(tower(), logits=np.full(20_000, -5, dtype=np.float32)))
    with pytest.raises(SplatError, match="between 0 and 1"):
        prune(tower(), min_alpha=2)
