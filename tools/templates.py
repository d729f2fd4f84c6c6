"""The one way in which Jinja templates are read: strictly, and in a sandbox."""

from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

SITE_TEMPLATES = Path(__file__).resolve().parents[1] / "site_templates"
"""Where the site's templates and the viewer that they share are installed."""


def environment(folder: Path, *, markup: bool) -> SandboxedEnvironment:
    """The templates of a folder. A name that a template misses is an error, and no template reaches into Python.

    Args:
        markup: they make HTML, so that what is filled in is escaped; else plain text, in which nothing is.
    """
    return SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
