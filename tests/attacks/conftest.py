"""One hostile run for all probes: the real command line, a model that writes the probes, and strangers that listen."""

import json
import re
import secrets
import socket
import subprocess
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import gradio as gr
import pytest

from splatelier.spaces.pocket_hub import Account, PocketHub
from splatelier.tools.toolset.endpoint import tool_name
from tests.attacks.probes import BREAK_OUT, HELPERS, INSIDE, LAST, MARK, PROBES, Probe
from tests.tools.space_apps.serving import served

Splatelier = Callable[..., subprocess.CompletedProcess[str]]
_PROBES_A_STEP = 9


class Listener(ThreadingHTTPServer):
    """An HTTP server that keeps every request, and answers as an OpenAI-compatible one with the next of its codes."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Keep)
        self.codes = codes
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Keep(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode(errors="replace")
        self.server.heard.append(f"{self.path}\n{self.headers}\n{body}")
        code = self.server.codes.pop(0) if self.server.codes else 'final_answer("over")'
        message = {"role": "assistant", "content": f"Thought: next.\n<code>\n{code}\n</code>"}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        payload = json.dumps({**answer, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_PUT = do_HEAD = do_POST

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def listening(codes: list[str] | None = None) -> Iterator[Listener]:
    """A listener on a free port of loopback."""
    server = Listener(codes or [])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Canaries:
    """What nobody may see, each with a part that nobody can guess."""

    token: str = field(default_factory=lambda: f"hf_{MARK}{secrets.token_hex(12)}")
    key: str = field(default_factory=lambda: f"-----BEGIN {MARK} {secrets.token_hex(12)}-----")
    variable: str = field(default_factory=lambda: f"{MARK}-{secrets.token_hex(12)}")

    def seen_in(self, text: str) -> list[str]:
        """Which of them stand in a text."""
        return [name for name, value in vars(self).items() if value in text]


@dataclass
class Aftermath:
    """What a hostile run left behind.

    Attributes:
        done: the command, with what it printed.
        outcomes: what came of each probe, by what it tries.
        model: every request to the model's server.
        stranger: every request to a server of nobody's.
        space: what the Space was called with, headers included.
        published: whether the Space that the code asked for is on the Hub.
        home: the person's home folder.
        gallery: the gallery's folder.
    """

    done: subprocess.CompletedProcess[str]
    outcomes: dict[str, str]
    model: list[str]
    stranger: list[str]
    space: list[str]
    published: bool
    home: Path
    gallery: Path


@pytest.fixture(scope="session")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="session")
def aftermath(splatelier: Splatelier, canaries: Canaries, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """The run of all probes: HF_TOKEN, a key file and a variable are there to be stolen, and a Hub to publish to."""
    folder = tmp_path_factory.mktemp("hostile")
    home, gallery = _home(folder, canaries), folder / "galleries" / "paris"
    (folder / "goal.md").write_text("---\ngallery: galleries/paris\n---\nBuild a 3D Paris gallery.\n")
    called: list[str] = []
    services = [socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
    for service, address in zip(services, (str(home / "service.sock"), "\0splatelier-probe"), strict=True):
        service.bind(address)
        service.listen()

    def say(text: str, request: gr.Request) -> str:
        called.append(f"{text}\n{dict(request.headers)}")
        return text[:100]

    with ExitStack() as stack:
        space = stack.enter_context(served(gr.Interface(say, "text", "text", api_name="say")))
        hub = PocketHub(accounts=(Account("you", canaries.token),))
        endpoint = stack.enter_context(hub.serving())
        stranger = stack.enter_context(listening())
        known = {"home": str(home), "gallery": str(gallery), "stranger": stranger.url}
        model = stack.enter_context(listening(_codes(tool_name(space, "/say"), known)))
        chosen = ("--model", "hostile", "--base-url", f"{model.url}/v1", "--space", space)
        done = splatelier(
            *("run", "goal.md", *chosen),
            cwd=folder,
            HOME=str(home),
            HF_HOME=str(home / "hf"),
            HF_TOKEN=canaries.token,
            HF_ENDPOINT=endpoint,
            CANARY=canaries.variable,
        )
        published = hub.guests.repositories.find("space", "you/stolen") is not None
    for service in services:
        service.close()
    outcomes = _outcomes(model.heard)
    return Aftermath(done, outcomes, model.heard, stranger.heard, called, published, home, gallery)


def _home(folder: Path, canaries: Canaries) -> Path:
    home = folder / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / "hf").mkdir()
    (home / ".ssh" / "id_rsa").write_text(canaries.key)
    (home / ".ssh" / "id_rsa").chmod(0o600)
    (home / "hf" / "token").write_text(canaries.token)
    (home / ".bashrc").write_text("# untouched\n")
    return home


def _codes(say: str, known: dict[str, str]) -> list[str]:
    """The model's answers: the way out, the probes a few a step, then those that end their step."""
    numbered = [_guarded(number, probe) for number, probe in enumerate(PROBES)]
    inside, beyond = numbered[: len(INSIDE)], numbered[len(INSIDE) :]
    steps = ["\n".join(beyond[start : start + _PROBES_A_STEP]) for start in range(0, len(beyond), _PROBES_A_STEP)]
    way_out = f"{BREAK_OUT.format(**known)}\nSAY = {say}\n{HELPERS}"
    return ["\n".join(inside), way_out, *steps, *(probe.code for probe in LAST)]


def _guarded(number: int, probe: Probe) -> str:
    code = textwrap.indent(probe.code.strip(), "    ")
    return (
        f'try:\n{code}\n    print("<<{number}>> got " + str(got)[:400])\n'
        f'except Exception as error:\n    print("<<{number}>> refused " + str(error)[:400])'
    )


def _outcomes(heard: list[str]) -> dict[str, str]:
    """What the model was told of each probe, read from the requests that it was sent."""
    told: dict[str, str] = {}
    newest = [_newest(request) for request in heard]
    for text in newest:
        for number, outcome in re.findall(r"^<<(\d+)>> (.*?)(?=^<<|^Last output|\Z)", text, re.MULTILINE | re.DOTALL):
            told[PROBES[int(number)].tries] = outcome
    first = len(newest) - len(LAST)
    return told | {probe.tries: newest[first + at] for at, probe in enumerate(LAST)}


def _newest(request: str) -> str:
    """The last message of a request to the model's server, as text."""
    message = json.loads(request.partition("\n\n")[2])["messages"][-1]["content"]
    return message if isinstance(message, str) else "\n".join(part.get("text", "") for part in message)
