"""The viewer that the templates share, as it was bundled when the package was built."""

import json
from typing import Any

from splatelier.tools.errors import SplatelierError
from splatelier.tools.templates import SITE_TEMPLATES

VIEWER = SITE_TEMPLATES / "viewer" / "dist"


def viewer() -> dict[str, Any]:
    """What there is in the bundle: the names of its scripts, its fonts and its licences.

    Raises:
        SplatelierError: the viewer was not bundled.
    """
    manifest = VIEWER / "manifest.json"
    if not manifest.is_file():
        raise SplatelierError("The viewer was not bundled; install the package again: pip install -e .")
    bundle: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return bundle
