"""Our .ksplat as GaussianSplats3D, three and splat-transform read it."""

import json
from collections.abc import Callable

import numpy as np
import pytest

from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, unit_rotations
from tests.tools.splats.shapes import covariances, file_order, random_splats

pytestmark = pytest.mark.slow

COUNT = 3000
CASES = [(level, degree) for level in (0, 1, 2) for degree in (0, 1, 2)]
Columns = dict[str, Floats]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, run_node: Callable[..., str]) -> Callable[[int, int, str], Columns]:
    """Every case written once and read by every reader in one run of Node."""
    folder = tmp_path_factory.mktemp("others")
    files = {case: folder / f"level{case[0]}-sh{case[1]}.ksplat" for case in CASES}
    for (level, degree), path in files.items():
        write_ksplat(path, random_splats(COUNT, degree, seed=1), level=level, min_alpha=0)
    run_node("decode.mjs", *files.values())

    def columns(level: int, degree: int, reader: str) -> Columns:
        path = files[level, degree]
        lengths = json.loads(path.with_name(f"{path.name}.{reader}.json").read_text())
        values = np.fromfile(path.with_name(f"{path.name}.{reader}.bin"), dtype="<f4")
        return dict(zip(lengths, np.split(values, np.cumsum(list(lengths.values()))[:-1]), strict=True))

    return columns


def wanted(level: int, degree: int) -> Splats:
    splats = random_splats(COUNT, degree, seed=1)
    return splats.take(file_order(splats.centers)) if level else splats


def same(got: Floats, expected: Floats, level: int, absolute: float = 1e-6) -> None:
    np.testing.assert_allclose(got, expected, rtol=2**-11 * 1.01 if level else 2e-6, atol=absolute)


def step(splats: Splats, level: int) -> float:
    return float(np.ptp(splats.centers, axis=0).max()) / 65534 * 0.51 if level else 0.0


def check_harmonics(got: Floats, splats: Splats, level: int) -> None:
    atol = {0: 1e-6, 1: 1e-6, 2: float(np.ptp(splats.rest)) / 255 * 0.51 if splats.rest.size else 0}[level]
    np.testing.assert_allclose(got, splats.rest, rtol=2**-11 * 1.01 if level == 1 else 0, atol=atol)


@pytest.mark.parametrize(("level", "degree"), CASES)
def test_gaussian_splats_3d_reads_what_was_written(
    read: Callable[[int, int, str], Columns], level: int, degree: int
) -> None:
    got, splats = read(level, degree, "gaussianSplats3d"), wanted(level, degree)
    np.testing.assert_allclose(got["centers"].reshape(-1, 3), splats.centers, rtol=2e-7, atol=step(splats, level))
    same(got["scales"].reshape(-1, 3), splats.scales, level)
    rotations = unit_rotations(splats.rotations)
    rotations *= np.where(rotations[:, :1] < 0, -1, 1)
    same(got["rotations"].reshape(-1, 4)[:, [3, 0, 1, 2]], rotations, level, absolute=5e-4 if level else 1e-6)
    check_colors(got["rgba"].reshape(-1, 4), splats)
    check_harmonics(np.moveaxis(got["sh"].reshape(COUNT, REST_PER_DEGREE[degree], 3), 1, 2), splats, level)


def check_colors(rgba: Floats, splats: Splats) -> None:
    np.testing.assert_allclose(rgba[:, :3], np.clip(splats.colors * 255, 0, 255), atol=0.501)
    np.testing.assert_allclose(rgba[:, 3], splats.alphas * 255, atol=0.501)


@pytest.mark.parametrize(("level", "degree"), CASES)
def test_threes_loader_reads_what_was_written(
    read: Callable[[int, int, str], Columns], level: int, degree: int
) -> None:
    got, splats = read(level, degree, "three"), wanted(level, degree)
    np.testing.assert_allclose(got["centers"].reshape(-1, 3), splats.centers, rtol=2e-7, atol=step(splats, level))
    expected = covariances(splats)
    size = np.abs(expected).max(axis=1, keepdims=True)
    assert np.abs(got["covariances"].reshape(-1, 6) / size - expected / size).max() < (4e-3 if level else 1e-5)
    check_colors(got["rgba"].reshape(-1, 4), splats)
    slack = {0: 0.51, 1: 0.6, 2: 0.51 + 128 * float(np.ptp(splats.rest)) / 510 if degree else 0}[level]
    for band, (first, last) in enumerate([(0, 3), (3, 8)][:degree], start=1):
        packed = got[f"sh{band}"].reshape(COUNT, -1)[:, : 3 * (last - first)].reshape(COUNT, last - first, 3)
        coefficients = np.clip(splats.rest[:, :, first:last] * 128 + 128, 0, 255)
        assert np.abs(np.moveaxis(packed, 1, 2) - coefficients).max() <= slack


@pytest.mark.parametrize(("level", "degree"), CASES)
def test_splat_transform_reads_what_was_written(
    read: Callable[[int, int, str], Columns], level: int, degree: int
) -> None:
    got, splats = read(level, degree, "splatTransform"), wanted(level, degree)

    def stacked(*names: str) -> Floats:
        return np.stack([got[name] for name in names], axis=1)

    np.testing.assert_allclose(stacked("x", "y", "z"), splats.centers, rtol=2e-7, atol=step(splats, level))
    same(np.exp(stacked("scale_0", "scale_1", "scale_2")), splats.scales, level)
    rotations = stacked("rot_0", "rot_1", "rot_2", "rot_3")
    same(rotations, unit_rotations(splats.rotations), level, absolute=5e-4 if level else 1e-6)
    colors = 0.5 + SH_C0 * stacked("f_dc_0", "f_dc_1", "f_dc_2")
    alphas = 1 / (1 + np.exp(-got["opacity"]))
    check_colors(np.concatenate([colors, alphas[:, None]], axis=1) * 255, splats)
    coefficients = REST_PER_DEGREE[degree]
    rest = np.stack([got[f"f_rest_{i}"] for i in range(3 * coefficients)], axis=1) if degree else np.empty((COUNT, 0))
    check_harmonics(rest.reshape(COUNT, 3, coefficients).astype(np.float32), splats, level)
