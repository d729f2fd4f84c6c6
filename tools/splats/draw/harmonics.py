"""The colour of a Gaussian seen from a direction: real spherical harmonics up to degree 3, as in 3DGS."""

import numpy as np

from splatelier.tools.splats.splats import REST_PER_DEGREE, Floats, Splats


def seen_colors(splats: Splats, directions: Floats) -> Floats:
    """(n, 3) colours, not clipped.

    Args:
        directions: (n, 3) unit vectors from the camera to each Gaussian, in the object's frame.
    """
    colors = splats.colors
    if splats.sh_degree:
        basis = _basis(directions)[:, : REST_PER_DEGREE[splats.sh_degree]]
        colors += np.einsum("nck,nk->nc", splats.rest, basis)
    return colors


def _basis(directions: Floats) -> Floats:
    """(n, 15) the basis functions of degree 1, 2 and 3, with the signs of Kerbl et al.'s reference."""
    x, y, z = directions.T
    xx, yy, zz = x * x, y * y, z * z
    functions = [
        -0.4886025119029199 * y,
        0.4886025119029199 * z,
        -0.4886025119029199 * x,
        1.0925484305920792 * x * y,
        -1.0925484305920792 * y * z,
        0.31539156525252005 * (2 * zz - xx - yy),
        -1.0925484305920792 * x * z,
        0.5462742152960396 * (xx - yy),
        -0.5900435899266435 * y * (3 * xx - yy),
        2.890611442640554 * x * y * z,
        -0.4570457994644658 * y * (4 * zz - xx - yy),
        0.3731763325901154 * z * (2 * zz - 3 * xx - 3 * yy),
        -0.4570457994644658 * x * (4 * zz - xx - yy),
        1.445305721320277 * z * (xx - yy),
        -0.5900435899266435 * x * (xx - 3 * yy),
    ]
    return np.stack(functions, axis=1).astype(np.float32)
