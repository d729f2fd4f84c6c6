import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from plyfile import PlyData, PlyElement

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply import read_ply, write_ply
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.splats import Splats
from tests.tools.splats.shapes import random_splats, write_compressed_ply

FIELDS = ("centers", "log_scales", "rotations", "logits", "dc", "rest")


def assert_same(got: Splats, wanted: Splats, rtol: float = 0) -> None:
    for name in FIELDS:
        np.testing.assert_allclose(getattr(got, name), getattr(wanted, name), rtol=rtol, err_msg=name)


def standard(tmp_path: Path, splats: Splats) -> PlyData:
    write_ply(tmp_path / "standard.ply", splats)
    return PlyData.read(str(tmp_path / "standard.ply"))


@pytest.mark.parametrize("degree", [0, 1, 2, 3])
def test_a_splat_comes_back_bit_for_bit_without_being_copied(tmp_path: Path, degree: int) -> None:
    splats = random_splats(1000, degree)
    write_ply(tmp_path / "a.ply", splats)
    back = read_ply(tmp_path / "a.ply")
    assert_same(back, splats)
    assert back.sh_degree == degree
    assert isinstance(back.centers.base, np.memmap)


def test_another_reader_finds_the_properties_of_the_convention(tmp_path: Path) -> None:
    splats = random_splats(50, 3)
    vertex = standard(tmp_path, splats)["vertex"]
    names = [prop.name for prop in vertex.properties]
    rest = [f"f_rest_{i}" for i in range(45)]
    expected = ["x", "y", "z", "nx", "ny", "nz", "f_dc_0", "f_dc_1", "f_dc_2", *rest, "opacity"]
    assert names == [*expected, "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3"]
    np.testing.assert_array_equal(vertex["f_rest_15"], splats.rest[:, 1, 0])  # channel by channel: green's first
    np.testing.assert_array_equal(vertex["rot_0"], splats.rotations[:, 0])


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("order", ["<", ">"])
def test_big_endian_and_ascii_files_read_the_same(tmp_path: Path, text: bool, order: str) -> None:
    splats = random_splats(300, 1)
    data = standard(tmp_path, splats)
    PlyData(data.elements, text=text, byte_order=order).write(str(tmp_path / "other.ply"))
    assert_same(read_ply(tmp_path / "other.ply"), splats, rtol=1e-6)


def test_properties_may_come_in_any_order_with_extras_and_as_doubles(tmp_path: Path) -> None:
    splats = random_splats(200, 2)
    rows = standard(tmp_path, splats)["vertex"].data
    names = sorted(rows.dtype.names)
    dtype = [(name, "<f8") for name in names] + [("confidence", "<i2"), ("red", "u1")]
    shuffled = np.zeros(200, dtype=dtype)
    for name in names:
        shuffled[name] = rows[name]
    PlyData([PlyElement.describe(shuffled, "vertex")]).write(str(tmp_path / "other.ply"))
    assert_same(read_ply(tmp_path / "other.ply"), splats)


def test_other_elements_before_and_after_the_vertices_are_stepped_over(tmp_path: Path) -> None:
    splats = random_splats(64)
    rows = standard(tmp_path, splats)["vertex"].data
    view = PlyElement.describe(np.zeros(3, dtype=[("focal", "<f4"), ("id", "u1")]), "camera")
    for name, text in (("binary.ply", False), ("ascii.ply", True)):
        elements = [view, PlyElement.describe(rows, "vertex"), PlyElement.describe(view.data.copy(), "more")]
        PlyData(elements, text=text).write(str(tmp_path / name))
        assert_same(read_ply(tmp_path / name), splats, rtol=1e-6)


def test_files_without_normals_are_splats_too(tmp_path: Path) -> None:
    splats = random_splats(64)
    rows = standard(tmp_path, splats)["vertex"].data
    names = [name for name in rows.dtype.names if not name.startswith("n")]
    PlyData([PlyElement.describe(rows[names].astype([(n, "<f4") for n in names]), "vertex")]).write(
        str(tmp_path / "bare.ply")
    )
    assert_same(read_ply(tmp_path / "bare.ply"), splats)


@pytest.mark.parametrize(("kind", "largest"), [("u1", 255), ("<f4", 1), ("<f8", 1)])
def test_colours_may_be_red_green_blue(tmp_path: Path, kind: str, largest: int) -> None:
    splats = random_splats(64)
    rows = standard(tmp_path, splats)["vertex"].data
    names = [name for name in rows.dtype.names if not name.startswith(("n", "f_"))]
    colored = np.zeros(64, dtype=[(name, "<f4") for name in names] + [(c, kind) for c in ("red", "green", "blue")])
    for name in names:
        colored[name] = rows[name]
    for channel, name in enumerate(("red", "green", "blue")):
        colored[name] = np.clip(splats.colors[:, channel], 0, 1) * largest
    PlyData([PlyElement.describe(colored, "vertex")]).write(str(tmp_path / "colored.ply"))
    np.testing.assert_allclose(read_ply(tmp_path / "colored.ply").colors, np.clip(splats.colors, 0, 1), atol=1 / 254)


def test_that_a_splat_was_turned_upright_survives_the_file(tmp_path: Path) -> None:
    write_ply(tmp_path / "a.ply", replace(random_splats(5), upright=True))
    assert read_ply(tmp_path / "a.ply").upright
    write_ply(tmp_path / "b.ply", random_splats(5))
    assert read_ply(tmp_path / "b.ply").upright is None


def test_unusable_gaussians_are_dropped_and_counted(tmp_path: Path) -> None:
    splats = random_splats(100, 1)
    splats.centers[3, 0] = np.nan
    splats.rest[4, 2, 1] = np.inf
    splats.log_scales[5, 1] = np.nan
    splats.rotations[6] = 0
    write_ply(tmp_path / "a.ply", splats)
    back = read_ply(tmp_path / "a.ply")
    assert len(back) == 96
    assert any("3 of 100" in notice and "NaN" in notice for notice in back.notices)
    assert any("1 of 100" in notice and "rotation" in notice for notice in back.notices)


def test_full_opacity_and_flatness_written_as_infinities_are_kept(tmp_path: Path) -> None:
    splats = random_splats(10)
    splats.logits[0] = np.inf
    splats.log_scales[1, 2] = -np.inf
    write_ply(tmp_path / "a.ply", splats)
    back = read_ply(tmp_path / "a.ply")
    assert len(back) == 10
    assert back.alphas[0] == 1
    assert back.scales[1, 2] == 0


def test_a_file_with_nothing_usable_is_refused(tmp_path: Path) -> None:
    splats = random_splats(10)
    splats.centers[:] = np.nan
    write_ply(tmp_path / "a.ply", splats)
    with pytest.raises(SplatError, match=r"a\.ply has no usable Gaussian"):
        read_ply(tmp_path / "a.ply")


def header(*lines: str) -> bytes:
    return "\n".join(["ply", "format binary_little_endian 1.0", *lines, "end_header", ""]).encode()


SPLAT_LINES = [f"property float {name}" for name in "x y z f_dc_0 f_dc_1 f_dc_2 opacity".split()] + [
    f"property float {name}" for name in "scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3".split()
]

POINT_LINES = [f"property float {name}" for name in "xyz"]
BAD = {
    "truncated": (header("element vertex 1000", *SPLAT_LINES) + bytes(999 * 56), "truncated"),
    "promises": (header("element vertex 1000000000000", *SPLAT_LINES) + bytes(5600), "promises 1000000000000"),
    "empty": (header("element vertex 0", *SPLAT_LINES), "no vertices"),
    "cloud": (
        header("element vertex 1", *POINT_LINES, *[f"property uchar {name}" for name in ("red", "green", "blue")])
        + bytes(15),
        "not a Gaussian splat: it is a point cloud with colours",
    ),
    "mesh": (
        header("element vertex 1", *POINT_LINES, "element face 1", "property list uchar int vertex_indices")
        + bytes(25),
        "it is a mesh",
    ),
    "harmonics": (header("element vertex 1", *SPLAT_LINES, "property float f_rest_0") + bytes(60), "1 f_rest"),
    "endless": (b"ply\nformat ascii 1.0\n" + b"comment x\n" * 10, "end_header"),
    "foreign": (b"PK\x03\x04 a zip", "not a splat file"),
    "nothing": (b"", "not a splat file"),
    "element twice": (header("element vertex 1", *SPLAT_LINES, "element vertex 1") + bytes(60), "elements twice"),
    "unknown type": (header("element vertex 1", "property quad x"), "cannot be understood"),
    "no format": (b"ply\nelement vertex 1\nproperty float x\nend_header\n", "format"),
    "twice": (header("element vertex 1", "property float x", "property float x"), "twice"),
    "text": (
        header("element vertex 1", *SPLAT_LINES).replace(b"binary_little_endian", b"ascii") + b"one two" + b" 3" * 40,
        "damaged",
    ),
}  # fmt: skip


def faces(count: int) -> PlyElement:
    """Lists of different lengths, as a mesh has them."""
    rows = np.empty(count, dtype=[("vertex_indices", object), ("id", "<i4")])
    for i in range(count):
        rows[i] = (np.arange(i % 5, dtype="<i4"), i)
    return PlyElement.describe(rows, "face", len_types={"vertex_indices": "u1"}, val_types={"vertex_indices": "i4"})


@pytest.mark.parametrize(("text", "order"), [(True, "<"), (False, "<"), (False, ">")])
def test_lists_before_the_vertices_are_stepped_over(tmp_path: Path, text: bool, order: str) -> None:
    splats = random_splats(64, 1)
    elements = [faces(20), standard(tmp_path, splats)["vertex"], PlyElement.describe(faces(3).data, "more")]
    PlyData(elements, text=text, byte_order=order).write(str(tmp_path / "other.ply"))
    assert_same(read_ply(tmp_path / "other.ply"), splats, rtol=1e-6)


@pytest.mark.parametrize("text", [True, False])
def test_a_list_in_every_vertex_is_left_out_with_a_notice(tmp_path: Path, text: bool) -> None:
    splats = random_splats(64)
    rows = standard(tmp_path, splats)["vertex"].data
    wider = np.empty(64, dtype=[*rows.dtype.descr[:5], ("neighbours", object), *rows.dtype.descr[5:]])
    for name in rows.dtype.names:
        wider[name] = rows[name]
    for i in range(64):
        wider["neighbours"][i] = np.arange(i % 4, dtype="<i4")
    PlyData([PlyElement.describe(wider, "vertex", val_types={"neighbours": "i4"})], text=text).write(
        str(tmp_path / "other.ply")
    )
    back = read_ply(tmp_path / "other.ply")
    assert_same(back, splats, rtol=1e-6)
    assert back.notices == ("Left out what a splat does not have: neighbours.",)


def test_colours_in_bytes_are_the_same_in_ascii(tmp_path: Path) -> None:
    splats = random_splats(30)
    rows = standard(tmp_path, splats)["vertex"].data
    names = [name for name in rows.dtype.names if not name.startswith(("n", "f_"))]
    colored = np.zeros(30, dtype=[(name, "<f4") for name in names] + [(c, "u1") for c in ("red", "green", "blue")])
    for name in names:
        colored[name] = rows[name]
    colored["green"] = 51
    PlyData([PlyElement.describe(colored, "vertex")], text=True).write(str(tmp_path / "colored.ply"))
    np.testing.assert_allclose(read_ply(tmp_path / "colored.ply").colors[:, 1], 0.2, atol=1e-6)


def test_a_compressed_ply_in_ascii_reads_as_the_binary_one(tmp_path: Path) -> None:
    write_compressed_ply(tmp_path / "binary.ply", 600)
    write_compressed_ply(tmp_path / "text.ply", 600, text=True)
    assert_same(read_ply(tmp_path / "text.ply"), read_ply(tmp_path / "binary.ply"), rtol=1e-6)


def test_words_outside_ascii_in_a_comment_harm_nothing(tmp_path: Path) -> None:
    splats = random_splats(10)
    PlyData(standard(tmp_path, splats).elements, text=True).write(str(tmp_path / "a.ply"))
    data = (tmp_path / "a.ply").read_bytes()
    (tmp_path / "a.ply").write_bytes(data.replace(b"1.0\n", "1.0\ncomment caf\u00e9\n".encode(), 1))
    assert_same(read_ply(tmp_path / "a.ply"), splats, rtol=1e-6)


@pytest.mark.parametrize(
    ("count", "message"), [(3_000_000, "more than 2000000 rows with lists"), (10**12, "truncated")]
)
def test_a_promise_of_too_many_lists_is_refused_before_there_is_room_made_for_them(
    tmp_path: Path, count: int, message: str
) -> None:
    lists = [f"element face {count}", "property list uchar int vertex_indices"]
    path = tmp_path / "lists.ply"
    path.write_bytes(header(*lists, "element vertex 1", *SPLAT_LINES) + bytes(4_000_000))
    tracemalloc.start()
    with pytest.raises(SplatError, match=message):
        read_ply(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_an_endless_line_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "line.ply"
    path.write_bytes(
        header("element vertex 2", *SPLAT_LINES).replace(b"binary_little_endian", b"ascii") + b"1 " * 10**6
    )
    tracemalloc.start()
    with pytest.raises(SplatError, match="longer than"):
        read_ply(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_one_sentence_that_names_them(tmp_path: Path, name: str) -> None:

    data, message = BAD[name]
    path = tmp_path / "bad.ply"
    path.write_bytes(data)
    with pytest.raises(SplatError, match=message) as caught:
        read_splats(path)
    assert "bad.ply" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:

    with pytest.raises(SplatError, match=r"none\.ply cannot be read: No such file"):
        read_splats(tmp_path / "none.ply")
