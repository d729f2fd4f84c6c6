"""What session.py takes from the inside of gradio_client: these fail at an update that changes any of it."""

import base64
import inspect
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import gradio as gr
import gradio_client
import pytest
from gradio_client import Client
from gradio_client.client import Endpoint, Job
from gradio_client.utils import Communicator, ServerMessage, Status, StatusUpdate, is_file_obj_with_meta, traverse

from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.session import Session, _Untouched
from tests.tools.space_apps.faulty import Asgi, Spaces
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.serving import QUICK, Bench, put_examples, served

pytestmark = pytest.mark.slow


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_the_version_is_the_one_that_was_read() -> None:
    assert gradio_client.__version__.startswith("2.7."), "read gradio_client again, then session.py, then change this"


def test_the_methods_that_are_replaced_are_there_with_the_arguments_that_are_passed() -> None:
    assert parameters(Client._get_config) == ["self"]
    assert parameters(Client._get_api_info) == ["self"]
    assert parameters(Client.stream_messages) == ["self", "protocol", "session_hash"]
    assert {"src", "token", "headers", "verbose", "analytics_enabled", "download_files", "httpx_kwargs"} <= set(
        parameters(Client.__init__)
    )
    called = inspect.getsource(Client.__init__)
    assert "self._get_config()" in called
    assert "self._get_api_info()" in called
    assert "self.stream_messages(" in inspect.getsource(Client.send_data)


def test_every_request_of_its_own_takes_the_keywords_that_bound_its_answer_but_for_those_that_are_never_made() -> None:
    """`check_for_cancel` posts without them, and only for `Job.cancel`, which is not called."""
    for function in (Client.send_data, Endpoint._upload_file, Endpoint.make_cancel):
        assert inspect.getsource(function).count("httpx.") == inspect.getsource(function).count("httpx_kwargs")
    assert "httpx_kwargs = client.httpx_kwargs.copy()" in inspect.getsource(Client._stream_heartbeat)
    assert "helper.thread_complete" in inspect.getsource(gradio_client.utils.check_for_cancel)


def test_what_is_read_from_a_client_a_job_and_a_status_is_there(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        gr.Button().click(lambda text: text, gr.Textbox(), gr.Textbox(), api_name="go")
    with served(demo) as url:
        bench = Bench(tmp_path)
        bench.box.connect([url])
        space = bench.box.space(url)
        visit = space.visit(space.endpoints["/go"])
        asked = visit.ask(space.endpoints["/go"], ["hello"])
        assert asked.answered(20)
        assert asked.answer() == "hello"
        session = visit._session
        assert isinstance(session, Session)
        kinds = {
            "_kill_heartbeat": threading.Event,
            "pending_messages_per_event": dict,
            "pending_event_ids": set,
            "stream_open": bool,
            "sse_url": str,
            "headers": dict,
            "cookies": dict,
            "ssl_verify": bool,
            "httpx_kwargs": dict,
        }
        assert {name: type(getattr(session, name)) for name in kinds} == kinds
        assert session.pending_lock.acquire(timeout=20)
        session.pending_lock.release()
        bench.box.close()
    assert {"lock", "thread_complete", "event_id", "reset_url"} <= {field.name for field in fields(Communicator)}
    assert {"future", "communicator", "_cancel_fn"} <= {*parameters(Job.__init__)}
    assert {"code", "rank", "queue_size", "eta", "progress_data"} <= {field.name for field in fields(StatusUpdate)}
    assert {"STARTING", "JOINING_QUEUE", "IN_QUEUE", "SENDING_DATA", "LOG"} <= set(Status.__members__)
    assert {"close_stream", "server_stopped", "heartbeat", "process_completed"} <= set(ServerMessage.__members__)


def test_a_file_of_the_spaces_own_is_taken_for_none_that_is_to_be_uploaded() -> None:
    marked = {"path": "/tmp/a.png", "meta": {"_type": "gradio.FileData"}}
    assert is_file_obj_with_meta(marked)
    assert traverse([{"a": marked}], lambda _: "uploaded", is_file_obj_with_meta) == [{"a": "uploaded"}]
    assert traverse([{"a": _Untouched(marked)}], lambda _: "uploaded", is_file_obj_with_meta) == [{"a": marked}]


@pytest.fixture
def spaces(tmp_path: Path) -> Iterator[Spaces]:
    house = Spaces(tmp_path)
    splat = house.file("good.ply", ply_bytes())
    house.add("one", lambda _: splat)
    house.add("slow", lambda _: threading.Event().wait(20) and splat)
    with house.serving():
        yield house


def hearing(heard: list[tuple[str, dict[str, str]]], password: str = "") -> Any:
    """A rule: every request is heard, and refused where it lacks the password."""

    def rule(app: Asgi, path: str) -> Asgi:
        async def listened(scope: Any, receive: Any, send: Any) -> None:
            headers = {key.decode().lower(): value.decode() for key, value in scope["headers"]}
            heard.append((path.rsplit("/", 1)[-1], headers))
            if password and headers.get("authorization") != f"Basic {base64.b64encode(password.encode()).decode()}":
                await send({"type": "http.response.start", "status": 401, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
            await app(scope, receive, send)

        return listened

    return rule


def test_every_request_of_a_call_asks_for_an_answer_that_is_not_packed(spaces: Spaces, tmp_path: Path) -> None:
    heard: list[tuple[str, dict[str, str]]] = []
    spaces.rules = {"one": hearing(heard), "slow": hearing(heard)}
    bench = Bench(tmp_path / "bench", limits=replace(QUICK, run_seconds=1, attempts=1))
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/one", f"{spaces.url}/slow"])
    assert bench.tool("one_reconstruct")("a.png")["splat"].endswith(".ply")
    with pytest.raises(SpaceError, match="more than 1 s"):
        bench.tool("slow_reconstruct")("a.png")
    bench.box.close()
    asked = {path: headers["accept-encoding"] for path, headers in heard}
    assert {"config", "info", "upload", "join", "data", "good.ply", "cancel", "reset"} <= set(asked)
    assert set(asked.values()) == {"identity"}


def test_a_server_behind_a_name_and_a_password_is_called_with_them_and_nobody_else_is_told(
    spaces: Spaces, tmp_path: Path
) -> None:
    heard: list[tuple[str, dict[str, str]]] = []
    spaces.rules["one"] = hearing(heard, "me:pass word")
    bench = Bench(tmp_path / "bench", limits=replace(QUICK, attempts=1))
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/one".replace("http://", "http://me:pass%20word@")])
    assert bench.tool("one_reconstruct")("a.png")["splat"].endswith(".ply")
    assert {"upload", "join", "data"} <= {path for path, _ in heard}
    known = [
        *(tool.to_code_prompt() for tool in bench.box.tools()),
        *(f"{update.label} {update.detail}" for update in bench.updates),
        *(record.space for record in bench.box.ledger.records()),
        json.dumps(bench.box.totals()),
        *(path.read_text() for path in (bench.workspace.root / ".splatelier").rglob("*.json*")),
    ]
    bench.box.close()
    assert any(spaces.url in text for text in known)
    assert not [text for text in known if "pass" in text.replace("passed", "")]


def test_gradio_client_is_imported_by_no_module_but_the_session() -> None:
    code = """
import importlib, pkgutil, sys
from splatelier.tools import calls, spaces
for room in (spaces, calls):
    for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
        if not module.name.endswith("spaces.session"):
            importlib.import_module(module.name)
assert "gradio_client" not in sys.modules and "smolagents" not in sys.modules
importlib.import_module("splatelier.tools.spaces.session")
assert "gradio_client" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
