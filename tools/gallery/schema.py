"""The JSON schema of gallery.json, for editors and other programs: `python -m splatelier.tools.gallery.schema`."""

import json

from splatelier.tools.gallery.manifest import Gallery


def manifest_schema() -> str:
    """The schema of the manifest as a JSON document, as docs/gallery.schema.json holds it."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "gallery.schema.json",
        **Gallery.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(manifest_schema(), end="")
