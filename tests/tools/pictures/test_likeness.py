"""A picture judged by a vision model: a real OpenAI-compatible server on loopback that keeps what it was sent."""

import base64
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from huggingface_hub import InferenceClient
from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.likeness import Eye
from splatelier.tools.toolset.pictures import JudgeLikeness
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow
VERDICT = '{"shows": "a red box", "is_subject": false, "whole": true, "alone": true}'


class VisionServer(ThreadingHTTPServer):
    """Answers every chat with `says`, or with an error where that is a number."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: str | int = VERDICT
        self.received: list[dict[str, object]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def pictures(self) -> list[Image.Image]:
        """The pictures that were sent, in order."""
        urls = [part["image_url"]["url"] for body in self.received for part in body["messages"][0]["content"][1:]]  # type: ignore[index]
        return [Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) for url in urls]


class _Handler(BaseHTTPRequestHandler):
    server: VisionServer

    def do_POST(self) -> None:
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        says = self.server.says
        message = {"role": "assistant", "content": says}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "eye", "choices": [choice]}
        payload = json.dumps({"error": "the model is overloaded"} if isinstance(says, int) else answer).encode()
        self.send_response(says if isinstance(says, int) else 200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[VisionServer]:
    server = VisionServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def judge(server: VisionServer, tmp_path: Path) -> JudgeLikeness:
    """The tool over a folder with a picture 1,200 pixels wide, `box.png`."""
    Image.new("RGB", (1200, 600), (200, 20, 20)).save(tmp_path / "box.png")
    eye = Eye(InferenceClient(base_url=server.url, api_key="x"), "eye-7b", lambda subject: f"Is it {subject}?")
    return JudgeLikeness(Workspace(tmp_path), eye)


def test_the_model_is_sent_the_picture_and_the_question_and_its_verdict_comes_back(
    server: VisionServer, judge: JudgeLikeness
) -> None:
    said = judge("box.png", "a loudspeaker")
    assert said == {"shows": "a red box", "is_subject": False, "whole": True, "alone": True}
    body = server.received[0]
    assert body["model"] == "eye-7b"
    assert body["messages"][0]["content"][0]["text"] == "Is it a loudspeaker?"  # type: ignore[index]
    (picture,) = server.pictures()
    assert picture.size == (768, 384)
    assert picture.convert("RGB").getpixel((380, 190))[0] > 180  # type: ignore[index]


def test_a_picture_is_asked_about_once_for_each_subject(server: VisionServer, judge: JudgeLikeness) -> None:
    for subject in ("a loudspeaker", "a loudspeaker", "a box"):
        judge("box.png", subject)
    assert len(server.received) == 2


@pytest.mark.parametrize("fence", ["Sure!\n```json\n{}\n```", "{} I hope that helps."])
def test_a_verdict_is_found_among_other_words(server: VisionServer, judge: JudgeLikeness, fence: str) -> None:
    server.says = fence.replace("{}", VERDICT)
    assert judge("box.png", "a loudspeaker")["shows"] == "a red box"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("It looks nice.", "gave no verdict"),
        ('{"shows": "a box"}', "gave no verdict"),
        ("", "gave no verdict"),
        (503, "did not answer"),
        (401, "did not answer"),
    ],
)
def test_without_a_verdict_it_says_what_to_go_by_instead(
    server: VisionServer, judge: JudgeLikeness, says: str | int, words: str
) -> None:
    server.says = says
    with pytest.raises(SplatelierError, match=f"eye-7b {words}.*what the Space says") as refusal:
        judge("box.png", "a loudspeaker")
    assert "\n" not in str(refusal.value)


def test_its_words_are_cleaned_and_cut(server: VisionServer, judge: JudgeLikeness) -> None:
    server.says = VERDICT.replace("a red box", "<b>a</b> box\\n\\u001b[2J" + "x" * 900)
    shows = judge("box.png", "a box")["shows"]
    assert shows.startswith("a box")
    assert len(shows) <= 240
    assert "\x1b" not in shows


def test_no_other_file_than_a_picture_of_the_gallery_is_sent(
    server: VisionServer, judge: JudgeLikeness, tmp_path: Path
) -> None:
    (tmp_path / "notes.png").write_text("no picture")
    for path in ("notes.png", "../box.png", "/etc/hostname"):
        with pytest.raises(SplatelierError):
            judge(path, "a box")
    assert server.received == []
