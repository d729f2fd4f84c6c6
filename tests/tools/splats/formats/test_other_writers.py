"""Files made by others, read by us: compared, Gaussian by Gaussian, with what splat-transform reads from them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply import read_ply, write_ply
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.orient import turn
from splatelier.tools.splats.splats import Splats
from tests.tools.splats.shapes import covariances, random_splats

pytestmark = pytest.mark.slow

COUNT = 2000
CLI = "node_modules/@playcanvas/splat-transform/bin/cli.mjs"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("writers") / "source.ply"
    write_ply(path, random_splats(COUNT, 2, seed=4))
    return path


def agree(ours: Splats, theirs: Splats, harmonics: float = 1e-5, turned: float = 1e-3) -> None:
    np.testing.assert_allclose(ours.centers, theirs.centers, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(ours.scales, theirs.scales, rtol=1e-4, atol=1e-7)
    shape, expected = covariances(ours), covariances(theirs)  # two rotations can mean the same Gaussian
    assert (np.abs(shape - expected).max(axis=1) <= turned * np.abs(expected).max(axis=1)).all()
    np.testing.assert_allclose(ours.alphas, theirs.alphas, atol=1e-5)
    np.testing.assert_allclose(ours.colors, theirs.colors, atol=1e-5)
    np.testing.assert_allclose(ours.rest, theirs.rest, atol=harmonics)


@pytest.mark.parametrize("name", ["a.compressed.ply", "a.spz"])
def test_splat_transforms_files_read_as_it_reads_them_itself(
    tmp_path: Path, source: Path, run_node: Callable[..., str], name: str
) -> None:
    run_node(CLI, "-q", "-w", "--spz-version", "3", source, tmp_path / name)
    run_node(CLI, "-q", "-w", tmp_path / name, tmp_path / "theirs.ply")
    ours = read_splats(tmp_path / name)
    assert len(ours) == COUNT
    assert ours.sh_degree == 2
    agree(ours, read_ply(tmp_path / "theirs.ply"))


@pytest.mark.parametrize(("level", "degree"), [(0, 2), (1, 0), (1, 2), (2, 1)])
def test_gaussian_splats_3ds_files_read_as_splat_transform_reads_them(
    tmp_path: Path, source: Path, run_node: Callable[..., str], level: int, degree: int
) -> None:
    run_node("generate.mjs", source, tmp_path / "a.ksplat", level, degree)
    run_node(CLI, "-q", "-w", tmp_path / "a.ksplat", tmp_path / "theirs.ply")
    ours = read_splats(tmp_path / "a.ksplat")
    assert len(ours) > 0.9 * COUNT
    assert ours.sh_degree == degree
    agree(ours, read_ply(tmp_path / "theirs.ply"), harmonics=1e-5 if level < 2 else 0.012)


def test_a_dot_splat_reads_as_splat_transform_reads_it(tmp_path: Path, run_node: Callable[..., str]) -> None:
    rng = np.random.default_rng(2)
    rows = np.zeros(COUNT, dtype=[("center", "<f4", 3), ("scale", "<f4", 3), ("rgba", "u1", 4), ("rotation", "u1", 4)])
    rows["center"], rows["scale"] = rng.normal(size=(COUNT, 3)), np.exp(rng.normal(size=(COUNT, 3)) - 4)
    rows["rgba"], rows["rotation"] = rng.integers(1, 255, (COUNT, 4)), rng.integers(0, 256, (COUNT, 4))
    (tmp_path / "a.splat").write_bytes(rows.tobytes())
    run_node(CLI, "-q", "-w", tmp_path / "a.splat", tmp_path / "theirs.ply")
    # a byte b is (b - 128) / 128 in antimatter15's viewer and here, and 2 b / 255 - 1 in splat-transform
    agree(read_splats(tmp_path / "a.splat"), read_ply(tmp_path / "theirs.ply"), turned=0.1)


def test_our_ply_is_read_by_splat_transform_and_comes_back_the_same(
    tmp_path: Path, source: Path, run_node: Callable[..., str]
) -> None:
    run_node(CLI, "-q", "-w", source, tmp_path / "back.ply")
    agree(read_ply(tmp_path / "back.ply"), read_ply(source))


def test_our_half_turn_is_the_one_that_splat_transform_makes(tmp_path: Path, run_node: Callable[..., str]) -> None:
    write_ply(tmp_path / "sh3.ply", random_splats(200, 3))
    run_node(CLI, "-q", "-w", tmp_path / "sh3.ply", "-r", "180,0,0", tmp_path / "turned.ply")
    agree(turn(read_ply(tmp_path / "sh3.ply")), read_ply(tmp_path / "turned.ply"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.splat", bytes(33), "multiple of 32"),
        ("a.splat", b"", "multiple of 32"),
        ("a.spz", b"NGSP" + bytes(60), "version 4"),
        ("a.spz", b"\x1f\x8b" + bytes(60), "cannot be unpacked"),
        ("a.xyz", bytes(64), "not a splat file"),
        ("a.ksplat", bytes(64), "not a .ksplat"),
        ("a.ksplat", bytes(9000), "not a .ksplat that can be read"),
    ],
)
def test_damaged_files_are_refused_by_name(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SplatError, match=message) as caught:
        read_splats(tmp_path / name)
    assert name in str(caught.value)


def test_a_truncated_compressed_ply_or_spz_is_refused(
    tmp_path: Path, source: Path, run_node: Callable[..., str]
) -> None:
    for name in ("a.compressed.ply", "a.spz"):
        run_node(CLI, "-q", "-w", "--spz-version", "3", source, tmp_path / name)
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
        with pytest.raises(SplatError, match="truncated"):
            read_splats(tmp_path / name)


def test_the_record_of_being_upright_is_not_carried_by_a_turn() -> None:
    assert turn(replace(random_splats(3), upright=True)).upright is None
