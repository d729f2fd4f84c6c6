"""The browser colours a splat as the software renderer does, spherical harmonics of every degree and level included."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.site.render import render_site
from splatelier.tools.splats.draw.posters import render_poster
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import Splats, logit
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow


def ball(degree: int) -> Splats:
    """A ball whose colour depends on where it is seen from."""
    rng = np.random.default_rng(4)
    directions = rng.normal(size=(2500, 3))
    centers = (directions / np.linalg.norm(directions, axis=1, keepdims=True) * 0.5).astype(np.float32)
    n = len(centers)
    count = {0: 0, 1: 3, 2: 8}[degree]
    pattern = np.linspace(-0.45, 0.45, 3 * count).reshape(1, 3, count) if count else np.empty((1, 3, 0))
    return Splats(
        centers=centers,
        log_scales=np.full((n, 3), np.log(0.03), dtype=np.float32),
        rotations=np.tile(np.float32([1, 0, 0, 0]), (n, 1)),
        logits=logit(np.full(n, 0.98)),
        dc=np.tile(np.float32([0.6, 0.1, -0.4]), (n, 1)),
        rest=np.tile(pattern, (n, 1, 1)).astype(np.float32),
    )


@pytest.mark.parametrize(("degree", "level"), [(0, 0), (0, 1), (1, 1), (2, 1), (2, 2)])
def test_colours_agree_with_the_software_renderer(
    make_gallery: Callable[..., Workspace], visit: Callable, degree: int, level: int
) -> None:
    workspace = make_gallery("Pyramid", auto_rotate=0, reflection=0, backdrop="plain", vignette=0)
    splats = ball(degree)
    framing = frame(splats)
    folder = workspace.root / "assets" / "pyramid"
    write_ksplat(folder / "splat.ksplat", splats, level=level)
    gallery = load_gallery(workspace)
    gallery.items[0].framing = framing
    save_gallery(workspace, gallery)
    render_site(workspace)
    visitor = visit(workspace, 500, 500, reduced_motion="reduce").open().shown("pyramid")
    left, top, right, bottom = visitor.box(".here .frame")
    x, y = (left + right) / 2, (top + bottom) / 2
    half = min(right - left, bottom - top) / 2
    seen = visitor.look()[round(y - half / 3) : round(y + half / 3), round(x - half / 3) : round(x + half / 3)]

    size = round(2 * half)
    poster = Image.alpha_composite(
        Image.new("RGBA", (size, size), (0, 0, 0, 255)), render_poster(splats, framing, (size, size))
    )
    middle = np.asarray(poster.convert("RGB"), dtype=np.float64)[size // 3 : -size // 3, size // 3 : -size // 3]
    assert np.abs(seen.mean(axis=(0, 1)) - middle.mean(axis=(0, 1))).max() < 5
    for half_of in (np.s_[: len(middle) // 2], np.s_[len(middle) // 2 :]):
        assert np.abs(seen[half_of].mean(axis=(0, 1)) - middle[half_of].mean(axis=(0, 1))).max() < 8
