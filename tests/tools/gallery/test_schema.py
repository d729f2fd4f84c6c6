"""The published schema of gallery.json."""

import json
from pathlib import Path

from splatelier.tools.gallery.schema import manifest_schema

PUBLISHED = Path(__file__).parents[3] / "docs" / "gallery.schema.json"


def test_the_published_schema_is_the_one_of_the_models() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == manifest_schema(), (
        "write it again: python -m splatelier.tools.gallery.schema > docs/gallery.schema.json"
    )


def test_every_property_of_the_schema_that_a_person_sets_is_described() -> None:
    settings = json.loads(manifest_schema())["$defs"]["Settings"]["properties"]
    assert settings
    assert all(entry["description"] for entry in settings.values())
