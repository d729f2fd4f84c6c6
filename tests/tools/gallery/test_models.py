import json
import struct
from pathlib import Path

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.models import check_model
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from tests.tools.splats.shapes import random_splats


def glb(content: object, tail: bytes = b"") -> bytes:
    text = json.dumps(content).encode() if not isinstance(content, bytes) else content
    return struct.pack("<4sIIII", b"glTF", 2, 20 + len(text) + len(tail), len(text), 0x4E4F534A) + text + tail


def ksplat(tmp_path: Path) -> bytes:
    write_ksplat(tmp_path / "whole", random_splats(300))
    return (tmp_path / "whole").read_bytes()


def test_what_the_site_can_draw_passes(tmp_path: Path) -> None:
    (tmp_path / "a.ksplat").write_bytes(ksplat(tmp_path))
    (tmp_path / "a.glb").write_bytes(glb({"asset": {"version": "2.0"}, "buffers": [{"byteLength": 4}]}))
    (tmp_path / "b.GLB").write_bytes(glb({"images": [{"uri": "data:image/png;base64,"}]}))
    for name in ("a.ksplat", "a.glb", "b.GLB"):
        check_model(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("e.html", b"<!doctype html><script>alert(1)</script>"),
        ("e.glb", b"<!doctype html><script>alert(1)</script>"),
        ("e.ksplat", b"<!doctype html><script>alert(1)</script>" * 200),
        ("e.glb", b""),
        ("e.ksplat", b""),
        ("e.glb", glb({})[:-1]),
        ("e.glb", glb({}) + b"more"),
        ("e.glb", glb(b"{" * 30)),
        ("e.glb", glb(b"[" * 100_000)),
        ("e.glb", glb([])),
        ("e.glb", glb({"buffers": [{"uri": "https://example.org/a.bin"}]})),
        ("e.glb", glb({"images": [{"uri": "../../secret.png"}]})),
        ("e.svg", b"<svg/>"),
        ("ksplat", b""),
    ],
)
def test_what_is_no_model_is_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SplatelierError, match=name):
        check_model(tmp_path / name)


def test_one_kind_of_model_under_the_others_name_is_refused(tmp_path: Path) -> None:
    write_ply(tmp_path / "a.ply", random_splats(3000))
    for name, data in (
        ("a.glb", ksplat(tmp_path)),
        ("a.ksplat", glb({"a": "b" * 9000})),
        ("b.ksplat", (tmp_path / "a.ply").read_bytes()),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SplatelierError, match=name):
            check_model(tmp_path / name)


def test_a_ksplat_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = ksplat(tmp_path)
    for length in [*range(0, len(whole), 997), len(whole) - 1]:
        (tmp_path / "a.ksplat").write_bytes(whole[:length])
        with pytest.raises(SplatelierError, match=r"a\.ksplat"):
            check_model(tmp_path / "a.ksplat")
