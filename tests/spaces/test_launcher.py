"""The offline house: comes up whole, and never leaves a process behind."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from splatelier.spaces.launcher import OfflineSpaces, OfflineSpacesError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LITTLE_SPACE = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["GRADIO_SERVER_PORT"])), Handler).serve_forever()
"""
STARTER = """
import json, sys
from pathlib import Path
from splatelier.spaces.launcher import OfflineSpaces
with OfflineSpaces({"test/little": Path(sys.argv[1])}, Path(sys.argv[1], "hub")) as house:
    print(json.dumps(house.spaces), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """A Space that starts at once."""
    (tmp_path / "app.py").write_text(LITTLE_SPACE)
    (tmp_path / "README.md").write_text("---\ntitle: Little\nsdk: gradio\n---\n")
    return tmp_path


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def watched(pids: list[int]) -> Iterator[list[int]]:
    """Handles on processes, which become readable when their process ends."""
    handles = [os.pidfd_open(pid) for pid in pids]
    try:
        yield handles
    finally:
        for handle in handles:
            os.close(handle)


def all_end(handles: list[int]) -> bool:
    return all(select.select([handle], [], [], 30)[0] for handle in handles)


def test_the_house_is_up_on_entry_and_gone_on_exit(little: Path) -> None:
    before = set(children_of(os.getpid()))
    with (
        OfflineSpaces({"test/little": little}, little / "hub") as house,
        watched([*{*children_of(os.getpid())} - before]) as handles,
    ):
        assert len(handles) == 2
        assert urlopen(f"{house.spaces['test/little']}/").status == 200
        assert b"test/little" in urlopen(f"{house.endpoint}/spaces/test/little/agents.md").read()
        house.__exit__(None, None, None)
        assert all_end(handles)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_no_child_outlives_a_parent_that_is_killed(little: Path, blow: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(little)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        json.loads(parent.stdout.readline())
        with watched(children_of(parent.pid)) as handles:
            parent.send_signal(blow)
            assert len(handles) == 2
            assert all_end(handles)


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_one_json_line_and_stops_cleanly(request_to_stop: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "splatelier.spaces"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        house = json.loads(command.stdout.readline())
        assert set(house["spaces"]) == {"splatelier/elevation-painter", "splatelier/visual-hull"}
        for url in house["spaces"].values():
            assert urlopen(f"{url}/gradio_api/info").status == 200
        with watched(children_of(command.pid)) as handles:
            command.send_signal(request_to_stop)
            assert command.wait(30) == 0
            assert all_end(handles)
            assert len(handles) == 3
        assert command.stderr.read() == b""


def test_a_space_that_cannot_start_is_named_with_its_last_words(little: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "app.py").write_text("raise RuntimeError('the paint has dried')")
    (broken / "README.md").write_text("---\ntitle: Broken\n---\n")
    before = children_of(os.getpid())
    with pytest.raises(OfflineSpacesError, match=r"^test/broken could not be started \(RuntimeError: the paint"):
        OfflineSpaces({"test/little": little, "test/broken": broken}).__enter__()
    assert children_of(os.getpid()) == before


def test_without_gradio_one_sentence_says_what_to_install() -> None:
    gone = "import sys; sys.modules['gradio'] = None"  # what find_spec takes for not installed
    script = f"{gone}\nfrom splatelier.spaces.launcher import OfflineSpaces\nOfflineSpaces().__enter__()"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stderr.strip().endswith('not installed: pip install "splatelier[offline]"')


def test_temporary_files_of_a_space_go_with_it(little: Path) -> None:
    (little / "app.py").write_text(
        "import os, tempfile\nfrom pathlib import Path\nopen('where', 'w').write(tempfile.mkdtemp())\n" + LITTLE_SPACE
    )
    with OfflineSpaces({"test/little": little}, little / "hub"):
        where = Path((little / "where").read_text())
        assert where.is_dir()
    assert not where.exists()


def test_a_proxy_in_the_environment_is_not_asked_for_this_machine(
    little: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        nowhere = f"http://127.0.0.1:{door.getsockname()[1]}"
    monkeypatch.setenv("HTTP_PROXY", nowhere)
    monkeypatch.setenv("http_proxy", nowhere)
    monkeypatch.setenv("no_proxy", "example.org")
    with OfflineSpaces({"test/little": little}, little / "hub") as house:
        assert httpx.get(f"{house.endpoint}/spaces/test/little/agents.md").status_code == 200
        assert os.environ["no_proxy"] == "example.org,127.0.0.1,localhost"
    assert os.environ["no_proxy"] == "example.org"


def test_the_persons_token_is_not_handed_to_a_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_plantedplantedplanted")
    telltale = LITTLE_SPACE.replace(
        "self.end_headers()", "self.end_headers(); self.wfile.write(repr(os.environ).encode())"
    )
    (tmp_path / "app.py").write_text(telltale)
    with (
        OfflineSpaces({"test/little": tmp_path}, tmp_path / "hub") as house,
        urlopen(house.spaces["test/little"]) as page,
    ):
        seen = page.read().decode()
    assert "GRADIO_SERVER_PORT" in seen
    assert "planted" not in seen
