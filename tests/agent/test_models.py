"""Which LLM a run gets, and what is sent to whom."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from smolagents import ChatMessage, CodeAgent, InferenceClientModel, MessageRole

from splatelier.agent.models import Choice, choose_eye, choose_model
from splatelier.agent.offline.model import OfflineModel
from splatelier.tools.errors import SplatelierError

pytestmark = pytest.mark.slow

PLANTED = "hf_plantedplantedplantedplanted"


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server that always writes the same answer, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[tuple[dict[str, str], dict[str, object]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
        message = {"role": "assistant", "content": "Thought: easy.\n<code>\nfinal_answer(6 * 7)\n</code>"}
        usage = {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": "m",
            "choices": [choice],
            "usage": usage,
        }
        payload = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path_factory.mktemp("home") / "token"))


def test_without_a_token_the_planner_stands_in_and_says_so() -> None:
    choice = choose_model()
    assert isinstance(choice.model, OfflineModel)
    assert "HF_TOKEN" in choice.note
    assert "\n" not in choice.note


def test_with_a_token_the_default_model_of_the_data_file_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", PLANTED)
    choice = choose_model()
    assert isinstance(choice.model, InferenceClientModel)
    assert choice.model.model_id == "Qwen/Qwen3-Coder-480B-A35B-Instruct"
    assert choice.note == ""


def test_any_openai_compatible_server_can_plan_and_never_sees_the_token(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", PLANTED)
    choice = choose_model("local-model", server.url)
    agent = CodeAgent(tools=[], model=choice.model, verbosity_level=-1)
    assert agent.run("What is six times seven?") == 42
    headers, body = server.received[0]
    assert body["model"] == "local-model"
    assert PLANTED not in json.dumps(headers) + json.dumps(body)


def test_a_servers_own_key_is_sent_to_it(server: Server) -> None:
    choice = choose_model("local-model", server.url, api_key="sk-mine")
    choice.model.generate([ChatMessage(role=MessageRole.USER, content="hello")])
    assert server.received[0][0]["authorization"] == "Bearer sk-mine"


@pytest.mark.parametrize(
    ("name", "url", "words"), [(None, "http://x/v1", "--model"), ("m", "localhost:80", "no address")]
)
def test_half_a_choice_is_refused(name: str | None, url: str, words: str) -> None:
    with pytest.raises(SplatelierError, match=words):
        choose_model(name, url)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Qwen/Qwen2.5-VL-72B-Instruct", True),
        ("google/gemma-3-27b-it:nebius", True),
        ("Qwen/Qwen3-Coder-480B-A35B-Instruct", False),
        ("offline", False),
    ],
)
def test_a_model_that_is_known_to_take_pictures_is_shown_them(
    name: str, sees: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", PLANTED)
    assert choose_model(name).sees is sees


BLIND, SEEING = "Qwen/Qwen3-Coder-480B-A35B-Instruct", "Qwen/Qwen2.5-VL-72B-Instruct"


def test_with_a_token_a_vision_model_looks_for_a_model_that_takes_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", PLANTED)
    eye = choose_eye(choose_model(BLIND))
    assert eye is not None
    assert eye.model == "Qwen/Qwen2.5-VL-7B-Instruct"


def test_nobody_looks_without_a_token_of_the_hub_or_where_the_model_sees_or_no_pictures_are_to_be_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    local = choose_model(BLIND, "http://127.0.0.1:9/v1")
    assert choose_eye(local) is None, "no token"
    monkeypatch.setenv("HF_TOKEN", PLANTED)
    assert choose_eye(local) is not None
    assert choose_eye(local, sees=False) is None
    assert choose_eye(local, sees=True) is None
    assert choose_eye(choose_model(SEEING)) is None
    assert choose_eye(Choice(OfflineModel())) is None
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "https://hub.example")
    assert choose_eye(local) is None, "a token of another Hub"
