from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ksplat_reader import decode, read_ksplat
from splatelier.tools.splats.formats.ply import read_ply, write_ply
from splatelier.tools.splats.splats import REST_PER_DEGREE, unit_rotations
from tests.tools.splats.shapes import buckets_of, file_order, random_splats, tower


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(1, 3000),
    seed=st.integers(0, 2**32 - 1),
    level=st.integers(0, 2),
    degree=st.integers(0, 3),
    size=st.floats(-4, 4).map(lambda power: 10.0**power),
    far=st.floats(-100, 100),
)
def test_what_is_written_comes_back_within_the_formats_own_steps(
    tmp_path_factory: pytest.TempPathFactory, count: int, seed: int, level: int, degree: int, size: float, far: float
) -> None:
    splats = random_splats(count, degree, seed)
    centers = (splats.centers * np.float32(size) + np.float32(far)).astype(np.float32)
    object.__setattr__(splats, "centers", centers)
    path = tmp_path_factory.mktemp("ksplat") / "splat.ksplat"
    report = write_ksplat(path, splats, level=level, min_alpha=0)
    back = decode(path).part(slice(None))
    order = file_order(centers) if level else np.arange(count)

    assert report.gaussians == count
    assert report.bytes == path.stat().st_size
    step = report.position_step / 2 * 1.01 + np.abs(centers).max() * 3e-7
    assert np.abs(back.centers - centers[order]).max() <= (step if level else 0)
    half = 2**-11 if level else 1e-6
    np.testing.assert_allclose(back.scales, splats.scales[order], rtol=half, atol=2**-24)
    np.testing.assert_allclose(back.rotations, unit_rotations(splats.rotations)[order], rtol=half, atol=1e-6)
    np.testing.assert_allclose(back.rgba[:, 3], splats.alphas[order] * 255, atol=0.5001)
    np.testing.assert_allclose(back.rgba[:, :3], np.clip(splats.colors[order] * 255, 0, 255), atol=0.501)
    rest = splats.rest[order][:, :, : REST_PER_DEGREE[min(degree, 2)]]
    span = float(np.ptp(rest)) if rest.size else 0.0
    atol = {0: 0.0, 1: 1e-7, 2: (span + 2e-3) / 255 / 2 * 1.01}[level]
    np.testing.assert_allclose(back.rest, rest, rtol=half if level < 2 else 0, atol=atol)


def test_a_standard_ply_becomes_about_a_third_of_its_size(tmp_path: Path) -> None:
    write_ply(tmp_path / "tower.ply", tower(100_000))
    report = write_ksplat(tmp_path / "tower.ksplat", read_ply(tmp_path / "tower.ply"))
    assert 2.7 < (tmp_path / "tower.ply").stat().st_size / report.bytes < 68 / 24


def test_the_block_follows_the_extent_so_that_small_things_stay_exact(tmp_path: Path) -> None:
    report = write_ksplat(tmp_path / "tower.ksplat", tower(100_000))
    assert report.position_step < 2.1 / 65534
    assert report.position_step < 5.0 / 65534 / 8  # GaussianSplats3D's fixed block of 5 units, on a thing of 2 units


def test_neighbours_in_the_file_are_neighbours_in_space(tmp_path: Path) -> None:
    splats = tower(50_000)
    write_ksplat(tmp_path / "tower.ksplat", splats)
    ordered = read_ksplat(tmp_path / "tower.ksplat").centers
    hops = np.median(np.linalg.norm(np.diff(ordered, axis=0), axis=1))
    assert hops < np.median(np.linalg.norm(np.diff(splats.centers, axis=0), axis=1)) / 10


def test_full_buckets_come_first_and_every_bucket_stays_inside_its_cube() -> None:
    centers = tower(50_000).centers
    buckets = buckets_of(centers)
    assert (buckets.partial < 256).all()
    assert len(buckets.centers) == buckets.full + len(buckets.partial)
    assert sorted(buckets.order) == list(range(50_000))
    bucket = np.repeat(np.arange(len(buckets.centers)), [256] * buckets.full + buckets.partial.tolist())
    offset = np.abs(centers[buckets.order] - buckets.centers[bucket])
    assert offset.max() <= buckets.block / 2


def test_the_headers_are_the_formats_byte_for_byte(tmp_path: Path) -> None:
    splats = random_splats(300, 1)
    write_ksplat(tmp_path / "a.ksplat", splats, level=2, min_alpha=0)
    data = (tmp_path / "a.ksplat").read_bytes()
    main, section = data[:4096], data[4096 : 4096 + 1024]

    def u4(part: bytes, at: int) -> int:
        return int.from_bytes(part[at : at + 4], "little")

    assert (main[0], main[1]) == (0, 1)
    assert [u4(main, at) for at in (4, 8, 12, 16)] == [1, 1, 300, 300]
    assert int.from_bytes(main[20:22], "little") == 2
    low, high = np.frombuffer(main, "<f4", 2, 36)
    assert low == pytest.approx(splats.rest.min())
    assert high == pytest.approx(splats.rest.max())
    assert [u4(section, at) for at in (0, 4, 8)] == [300, 300, 256]
    buckets = u4(section, 12)
    assert u4(section, 32) + u4(section, 36) == buckets
    assert int.from_bytes(section[20:22], "little") == 12
    assert u4(section, 24) == 32767
    assert int.from_bytes(section[40:42], "little") == 1
    assert u4(section, 28) == len(data) - 4096 - 1024 == 12 * buckets + 4 * u4(section, 36) + 33 * 300


def test_gaussians_too_faint_to_see_are_left_out_and_counted(tmp_path: Path) -> None:
    splats = random_splats(100)
    splats.logits[:40] = -9
    splats.logits[40:] = 3
    report = write_ksplat(tmp_path / "a.ksplat", splats)
    assert (report.gaussians, report.dropped) == (60, 40)


@pytest.mark.parametrize(("level", "degree"), [(3, 0), (-1, 0), (1, 3)])
def test_a_level_or_degree_that_the_format_lacks_is_refused(tmp_path: Path, level: int, degree: int) -> None:
    with pytest.raises(SplatError, match=r"level|degree"):
        write_ksplat(tmp_path / "a.ksplat", random_splats(10), level=level, sh_degree=degree)


def test_a_point_and_a_line_can_be_written(tmp_path: Path) -> None:
    for centers in (np.zeros((5, 3)), np.linspace([0, 0, 0], [1, 0, 0], 700)):
        splats = random_splats(len(centers))
        object.__setattr__(splats, "centers", centers.astype(np.float32))
        assert write_ksplat(tmp_path / "a.ksplat", splats, min_alpha=0).gaussians == len(centers)


def test_writing_leaves_the_splats_as_they_were(tmp_path: Path) -> None:
    for count in (1, 300):
        splats, same = random_splats(count, 2), random_splats(count, 2)
        write_ksplat(tmp_path / "a.ksplat", splats, min_alpha=0)
        for name in ("centers", "log_scales", "rotations", "logits", "dc", "rest"):
            np.testing.assert_array_equal(getattr(splats, name), getattr(same, name))
