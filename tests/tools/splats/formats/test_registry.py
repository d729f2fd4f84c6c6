from pathlib import Path

import pytest

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.registry import FORMATS, read_splats, write_splats
from tests.tools.splats.shapes import random_splats, spz_bytes

WRITTEN = [form.suffix for form in FORMATS if form.write]


@pytest.mark.parametrize("suffix", WRITTEN)
def test_what_is_written_by_its_name_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix.upper()}"
    write_splats(path, random_splats(200))
    assert len(read_splats(path)) > 190  # a .ksplat leaves out what nobody can see


@pytest.mark.parametrize("name", ["a.spz", "a.splat", "a.obj", "a"])
def test_a_name_that_no_writer_goes_by_is_refused_and_those_that_do_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SplatError, match=r"a \.ply or \.ksplat"):
        write_splats(tmp_path / name, random_splats(3))
    assert not list(tmp_path.iterdir())


def test_a_format_with_a_mark_is_known_whatever_the_file_is_called(tmp_path: Path) -> None:
    write_splats(tmp_path / "a.ply", random_splats(5))
    (tmp_path / "a.ply").rename(tmp_path / "a.ksplat")
    (tmp_path / "b.splat").write_bytes(spz_bytes(5))
    assert len(read_splats(tmp_path / "a.ksplat")) == len(read_splats(tmp_path / "b.splat")) == 5


@pytest.mark.parametrize("name", ["a.xyz", "a.zip", "a.bin", "a"])
def test_a_file_of_no_known_format_is_refused_and_those_that_are_read_are_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(64))
    with pytest.raises(SplatError, match=r"give a \.ply, \.splat, \.ksplat or \.spz"):
        read_splats(tmp_path / name)


def test_a_later_spz_is_known_by_its_mark_and_refused_for_its_version(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"NGSP" + bytes(60))
    with pytest.raises(SplatError, match="version 4"):
        read_splats(tmp_path / "a.bin")


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SplatError, match=r"none\.splat cannot be read: No such file"):
        read_splats(tmp_path / "none.splat")
