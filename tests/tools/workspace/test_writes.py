"""Writes are whole or absent, on a full disk too; each failure is one sentence that names the file."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.workspace import Workspace
from splatelier.tools.workspace.writes import replacing, replacing_folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def half_write(path: Path) -> None:
    path.write_text("half of the ne")
    raise ZeroDivisionError


def test_a_block_that_raises_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "a.txt") as temporary:
        half_write(temporary)
    assert tree(tmp_path) == {"a.txt": b"old"}


def test_a_file_that_the_block_cannot_read_is_not_blamed_on_the_writing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.txt"):
        (tmp_path / "missing.txt").read_text()
    assert tree(tmp_path) == {}


def test_a_file_where_the_folder_should_be_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "assets").write_text("in the way")
    with pytest.raises(SplatelierError, match=r"splat\.ply could not be written: there is a file where a folder must"):
        Workspace(tmp_path).write_text("assets/splat.ply", "new")
    assert tree(tmp_path) == {"assets": b"in the way"}


def test_a_folder_where_the_file_should_be_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(SplatelierError, match=r"a\.txt could not be written"):
        Workspace(tmp_path).write_text("a.txt", "new")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.provenance import Step, record
from splatelier.tools.workspace.workspace import Workspace

workspace = Workspace(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def large_folder():
    with workspace.replacing_folder("site") as fresh:
        (fresh / "small.txt").write_text("new")
        (fresh / "large.txt").write_bytes(bytes(2000))


for write in (
    lambda: workspace.write_text("a.txt", "x" * 2000),
    lambda: workspace.copy("large.txt", "b.txt"),
    large_folder,
    lambda: record(workspace, Step(tool="t", arguments={"x": "y" * 2000}, sha256="0"), []),
):
    try:
        write()
    except SplatelierError as error:
        print(error)
"""


def test_a_full_disk_gets_a_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.write_text("a.txt", "old")
    workspace.write_text("large.txt", "l" * 2000)
    workspace.write_text("site/index.html", "old")
    before = tree(tmp_path)
    said = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[0] for line in said] == [
        str(tmp_path / name) for name in ("a.txt", "b.txt", "site", ".splatelier/provenance.jsonl")
    ]
    assert all("no room left" in line for line in said)
    after = tree(tmp_path)
    after.pop(".splatelier/provenance.jsonl")  # a log is added to; what is torn is passed over when it is read
    assert after == before


def test_a_folder_is_exchanged_whole(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.txt").write_text("old")
    with replacing_folder(tmp_path / "site") as fresh:
        (fresh / "new.txt").write_text("new")
        assert tree(tmp_path / "site") == {"old.txt": b"old"}
    assert tree(tmp_path) == {"site/new.txt": b"new"}


def test_a_folder_that_was_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.txt").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing_folder(tmp_path / "site") as fresh:
        half_write(fresh / "new.txt")
    assert tree(tmp_path) == {"site/old.txt": b"old"}


def test_the_old_folder_is_put_back_when_the_exchange_fails(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.txt").write_text("old")
    with pytest.raises(SplatelierError, match="site could not be written"), replacing_folder(tmp_path / "site") as new:
        new.rmdir()  # so that there is nothing to put in the old one's place
    assert tree(tmp_path) == {"site/old.txt": b"old"}


READ_ONLY = """
import os, sys
from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.workspace import Workspace

if os.geteuid() == 0:
    os.setuid(65534)  # the superuser may write anywhere
try:
    Workspace(sys.argv[1]).write_text("a.txt", "new")
except SplatelierError as error:
    print(error)
"""


def test_a_read_only_folder_gets_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        said = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True, check=True)
        assert "a.txt could not be written: its folder may not be written to" in said.stdout
        assert list(Path(folder).iterdir()) == []
