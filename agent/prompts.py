"""The Jinja templates of prompts/: every word the LLM is told."""

import functools
from pathlib import Path

from jinja2.sandbox import SandboxedEnvironment

from splatelier.tools.templates import environment

_FOLDER = Path(__file__).resolve().parent.parent / "prompts"


@functools.cache
def _environment() -> SandboxedEnvironment:
    templates = environment(_FOLDER, markup=False)
    templates.filters["literal"] = repr
    return templates


def prompt(name: str, **values: object) -> str:
    """A template of prompts/ filled in, such as `task.md.j2`. Plain text, so nothing is escaped."""
    return _environment().get_template(name).render(**values).strip()
