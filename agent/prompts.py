"""The Jinja templates of prompts/: every word the LLM is told."""

import functools
from pathlib import Path

import jinja2

_FOLDER = Path(__file__).resolve().parent.parent / "prompts"


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["literal"] = repr
    return environment


def prompt(name: str, **values: object) -> str:
    """A template of prompts/ filled in, such as `task.md.j2`. Plain text, so nothing is escaped."""
    return _environment().get_template(name).render(**values).strip()
