"""Shape from silhouette: a picture of one object to Gaussians on its visual hull."""

from .carving import MAX_GAUSSIANS, Gaussians, reconstruct
from .ply import write_ply
from .silhouette import NoSubjectError

__all__ = ["MAX_GAUSSIANS", "Gaussians", "NoSubjectError", "reconstruct", "write_ply"]
