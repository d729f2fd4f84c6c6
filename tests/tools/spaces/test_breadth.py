"""Whatever a raw gradio_client call can call, a SpaceTool calls too, with the same values and none lost."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file

from tests.tools.space_apps.families import FAMILIES, File
from tests.tools.space_apps.serving import Bench, put_examples, served

pytestmark = pytest.mark.slow


@pytest.fixture(params=FAMILIES)
def family(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    with served(FAMILIES[request.param].build()) as url:
        yield request.param, url, tmp_path


def with_files(value: Any, make: Any) -> Any:
    if isinstance(value, File):
        return make(value.name)
    if isinstance(value, dict):
        return {key: with_files(entry, make) for key, entry in value.items()}
    return [with_files(entry, make) for entry in value] if isinstance(value, list) else value


def by_content(value: Any, folder: Path) -> Any:
    """The same value with the SHA-256 of each file in its path's place, and none of what is said to the page."""
    if isinstance(value, dict):
        if value.get("__type__") == "update":
            return by_content(value.get("value"), folder)
        return {key: by_content(entry, folder) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [by_content(entry, folder) for entry in value]
    if isinstance(value, str) and (value.startswith((str(folder), ".splatelier/"))):
        return hashlib.sha256((folder / "gallery" / value).read_bytes()).hexdigest()
    return value


def test_every_endpoint_gives_what_a_raw_client_gets(family: tuple[str, str, Path]) -> None:
    name, url, folder = family
    bench = Bench(folder)
    put_examples(bench.workspace.root)
    bench.box.connect([url])
    raw = Client(url, verbose=False, token=False, download_files=folder / "raw")
    tools = {tool.endpoint.name: tool for tool in bench.box.use(url, ["*"])}

    for call in FAMILIES[name].calls:
        sent = [with_files(value, lambda file: handle_file(bench.workspace.root / file)) for value in call.arguments]
        expected = raw.predict(*sent, api_name=call.endpoint)
        got = tools[call.endpoint](*[with_files(value, lambda file: file) for value in call.arguments])
        listed = list(expected) if isinstance(expected, tuple) else [expected]
        assert by_content(list(got.values()), folder) == by_content(listed, folder), call.endpoint
    assert bench.leftovers() == []
