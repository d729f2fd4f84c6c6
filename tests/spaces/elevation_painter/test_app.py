"""The Space as the Hub would run it: `python app.py` in its own folder, called through gradio_client."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from PIL import Image

import splatelier.spaces.elevation_painter
from splatelier.spaces.elevation_painter.elevation import paint

pytestmark = pytest.mark.slow

FOLDER = Path(splatelier.spaces.elevation_painter.__file__).parent


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_TEMP_DIR": str(tmp_path_factory.mktemp("server")),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "app.py"]
    with subprocess.Popen(command, cwd=FOLDER, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if "Running on local URL" in line:
                    break
            else:
                pytest.fail("the server ended before it was ready")
            downloads = tmp_path_factory.mktemp("client")
            yield Client(
                f"http://127.0.0.1:{port}",
                token=False,
                verbose=False,
                analytics_enabled=False,
                download_files=downloads,
                httpx_kwargs={"timeout": 60},
            )
        finally:
            server.terminate()


def test_the_app_is_also_a_module_of_the_project() -> None:
    from splatelier.spaces.elevation_painter.app import demo

    assert list(demo.get_api_info()["named_endpoints"]) == ["/paint"]


def test_the_endpoint_is_described_for_machines(client: Client) -> None:
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert list(endpoints) == ["/paint"]
    parameters = {p["parameter_name"]: p for p in endpoints["/paint"]["parameters"]}
    assert list(parameters) == ["prompt", "seed", "size"]
    assert parameters["seed"]["type"]["type"] == "integer"
    assert parameters["seed"]["parameter_default"] == 0
    assert parameters["size"]["parameter_default"] == 1024
    assert "pure black" in endpoints["/paint"]["description"]
    assert "loudspeaker" in endpoints["/paint"]["description"]
    assert [entry["label"] for entry in endpoints["/paint"]["returns"]] == ["Elevation", "Drawn"]


def test_a_call_gives_one_large_png_of_what_was_asked_for(client: Client) -> None:
    path, drawn = client.predict(prompt="The Eiffel Tower, Paris, front view", seed=3, api_name="/paint")
    assert drawn.startswith("Eiffel Tower: ")
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.size == (1024, 1024)
        assert np.array_equal(np.asarray(picture.convert("RGB")), np.asarray(paint("Eiffel Tower", 3)))


def test_the_same_call_gives_the_same_bytes(client: Client) -> None:
    files = [Path(client.predict("oak chair", 5, 256, api_name="/paint")[0]).read_bytes() for _ in range(2)]
    assert files[0] == files[1]


@pytest.mark.parametrize("prompt", ["", "😀🗼", "x" * 10_000, "<script>alert(1)</script>\n" * 20, "a radio"])
def test_no_prompt_makes_the_server_fail_or_invent(client: Client, prompt: str) -> None:
    with pytest.raises(AppError, match=r"^(I know no |The prompt names nothing)"):
        client.predict(prompt, -7, 256, api_name="/paint")
    path, _ = client.predict("oak chair", -7, 256, api_name="/paint")
    with Image.open(path) as picture:
        assert picture.size == (256, 256)
        assert np.asarray(picture).max() > 100
