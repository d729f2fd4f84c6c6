import gzip
from pathlib import Path

import numpy as np
import pytest

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.planes import from_planes, to_planes
from tests.tools.splats.shapes import tower


@pytest.mark.parametrize("level", [0, 1, 2])
def test_what_is_taken_apart_is_put_back_byte_for_byte(tmp_path: Path, level: int) -> None:
    write_ksplat(tmp_path / "a.ksplat", tower(), level=level)
    ksplat = (tmp_path / "a.ksplat").read_bytes()
    planes = to_planes(ksplat)
    assert planes is not None
    assert planes != ksplat
    assert from_planes(planes) == ksplat
    assert len(gzip.compress(planes)) < 0.9 * len(gzip.compress(ksplat))


def test_what_is_no_ksplat_of_one_section_is_left_alone() -> None:
    noise = np.random.default_rng(0).bytes(20_000)
    assert to_planes(noise) is None
    assert to_planes(b"") is None
    assert from_planes(noise) == noise


@pytest.mark.parametrize("content", [b"PLN1", b"PLN1" + bytes(8), b"PLN1" + b"\xff" * 8])
def test_damaged_planes_are_refused(content: bytes) -> None:
    with pytest.raises(SplatError, match="packed splat"):
        from_planes(content)
