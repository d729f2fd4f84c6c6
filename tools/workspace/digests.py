"""Names made of contents: the SHA-256 of a file, and of plain data."""

import hashlib
import json
from pathlib import Path

from pydantic import JsonValue


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's contents, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def data_sha256(value: JsonValue) -> str:
    """The SHA-256 of plain data in hexadecimal; the order of an object's keys does not count."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
