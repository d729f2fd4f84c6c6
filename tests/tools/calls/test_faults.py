"""The fault matrix: for each thing that can go wrong with a Space, the right kind, the right number of attempts,
nothing left behind, and, with a healthy second Space of the role, a finished result all the same."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from splatelier.tools.spaces.errors import SpaceError
from tests.tools.space_apps.faulty import SmallHub, Spaces, answering, cutting, only_on
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.serving import QUICK, Bench, put_examples

pytestmark = pytest.mark.slow

QUOTA = (
    "You have exceeded your GPU quota (60s requested vs. 56s left). <a href='https://huggingface.co/join'>"
    "Create a free account</a> to get more. Please retry in 1:02:03"
)
OFTEN = QUICK.attempts


@dataclass(frozen=True)
class Fault:
    kind: str
    attempts: int
    says: str = ""


FAULTS = {
    "app_error": Fault("app_error", 1, "No face found here"),
    "out_of_memory": Fault("app_error", OFTEN, "CUDA out of memory"),
    "silent": Fault("app_error", OFTEN, "show_error is off"),
    "wordless": Fault("app_error", OFTEN, "without a word"),
    "quota": Fault("quota", 1, "exceeded your GPU quota"),
    "illegal_duration": Fault("quota", 1, "illegal duration"),
    "choice": Fault("refused", 1, "not in the list of choices"),
    "html_file": Fault("malformed", 2, "a page of HTML"),
    "truncated_ply": Fault("malformed", 2, "cut short"),
    "empty_file": Fault("malformed", 2, "empty"),
    "error_in_words": Fault("malformed", 2, "no GPU for you"),
    "announces_600_mb": Fault("malformed", 1, "600 MB"),
    "never_ends": Fault("malformed", 1, "over the limit"),
    "cut_download": Fault("unreachable", OFTEN),
    "missing_file": Fault("unreachable", 1, "404"),
    "hangs": Fault("timeout", 2, "more than 0.5 s"),
    "cut_stream": Fault("unreachable", OFTEN, "cut before the result"),
    "too_many_requests": Fault("busy", OFTEN, "429"),
    "unavailable": Fault("busy", OFTEN),
    "internal_error": Fault("unreachable", OFTEN, "500"),
    "garbage": Fault("malformed", 2, "could not be read"),
    "queue_full": Fault("busy", OFTEN, "Queue is full"),
}


def _raise(error: Exception) -> Any:
    raise error


@pytest.fixture(scope="module")
def stop_hanging() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory, stop_hanging: threading.Event) -> Iterator[Spaces]:
    house = Spaces(tmp_path_factory.mktemp("served"))
    good = house.file("good.ply", ply_bytes())

    async def endless(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(600):  # 600 MB, announced by nobody
            await send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})
            await asyncio.sleep(0)

    async def cut(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5000")]})
        await send({"type": "http.response.body", "body": ply_bytes()[:50], "more_body": True})
        raise ConnectionAbortedError

    house.add("good", lambda _: good)
    house.add("app_error", lambda _: _raise(gr.Error("No <b>face</b> found <script>x()</script>here\x1b[31m")))
    house.add("out_of_memory", lambda _: _raise(gr.Error("CUDA out of memory. Tried to allocate 2.00 GiB")))
    house.add("silent", lambda _: _raise(RuntimeError("nobody hears this")))
    house.add("wordless", lambda _: _raise(RuntimeError()))
    house.add("quota", lambda _: _raise(gr.Error(QUOTA)))
    house.add("illegal_duration", lambda _: _raise(gr.Error("ZeroGPU illegal duration: 600 is more than 120")))
    house.add("choice", lambda _: _raise(gr.Error("Value: 3 is not in the list of choices: [1, 2]")))
    house.add("html_file", lambda _: house.file("page.ply", b"<!DOCTYPE html><html>Sorry</html>"))
    house.add("truncated_ply", lambda _: house.file("short.ply", ply_bytes(100)[:-7]))
    house.add("empty_file", lambda _: house.file("empty.ply", b""))
    house.add("error_in_words", lambda _: "Error: no GPU for you today", postprocess=False)
    for name in ("announces_600_mb", "never_ends", "cut_download", "missing_file"):
        house.add(name, lambda _: house.file("big.ply", ply_bytes()))
    escaping = {"path": good, "orig_name": "../../../../escaped.ply", "meta": {"_type": "gradio.FileData"}}
    house.add("odd_name", lambda _: escaping, postprocess=False)
    house.add("hangs", lambda _: stop_hanging.wait(60) and good)
    house.add("queue_full", lambda _: stop_hanging.wait(60) and good, max_size=1, at_once=1)
    for name in ("cut_stream", "too_many_requests", "unavailable", "internal_error", "garbage"):
        house.add(name, lambda _: good)
    house.rules = {
        "announces_600_mb": only_on("big.ply", answering(200, "", {"content-length": "600000000"})),
        "never_ends": only_on("big.ply", endless),
        "cut_download": only_on("big.ply", cut),
        "missing_file": only_on("big.ply", answering(404, "")),
        "cut_stream": cutting(b"process_starts"),
        "too_many_requests": only_on("/queue/join", answering(429, "slow down", {"retry-after": "0"})),
        "unavailable": only_on("/queue/join", answering(503, "")),
        "internal_error": only_on("/queue/join", answering(500, "<html>500</html>")),
        "garbage": only_on("/queue/join", answering(200, "<html>what?</html>")),
    }
    with house.serving():
        yield house


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_its_kind_and_its_attempts_and_the_next_space_finishes_the_work(
    name: str, spaces: Spaces, tmp_path: Path
) -> None:
    fault = FAULTS[name]
    limits = replace(QUICK, max_bytes=4_000_000) if name == "never_ends" else QUICK
    bench = Bench(tmp_path, limits=replace(limits, run_seconds=0.5) if name == "hangs" else limits)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/{name}", f"{spaces.url}/good"])
    if name == "queue_full":
        fill_the_queue(spaces, tmp_path)

    with pytest.raises(SpaceError) as caught:
        bench.tool(f"{name}_reconstruct")("a.png")
    error = caught.value
    assert (error.kind, error.attempts) == (fault.kind, fault.attempts), str(error)
    assert fault.says in error.said
    assert "<" not in str(error)
    assert "\x1b" not in str(error)
    assert bench.leftovers() == []

    result = bench.tool("image_to_splat")("a.png")
    assert result["space"] == f"{spaces.url}/good"
    assert (bench.workspace.root / result["splat"]).read_bytes() == ply_bytes()
    assert bench.leftovers() == []
    failures = bench.box.totals()["spaces"][f"{spaces.url}/{name}"]["failures"]
    assert set(failures) == {fault.kind}
    bench.box.close()


def given_up(tool: Any) -> None:
    """A call that nobody waits for."""
    with contextlib.suppress(SpaceError):
        tool("a.png")


def fill_the_queue(spaces: Spaces, folder: Path) -> None:
    """One call runs, one more waits: the next finds the queue full."""
    bench = Bench(folder / "others")
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/queue_full"])
    tool = bench.tool("queue_full_reconstruct")
    before = spaces.calls["queue_full"]
    threading.Thread(target=given_up, args=(tool,), daemon=True).start()
    while spaces.calls["queue_full"] == before:
        threading.Event().wait(0.01)
    joins = spaces.requests["/queue_full/gradio_api/queue/join"]
    threading.Thread(target=given_up, args=(tool,), daemon=True).start()
    while spaces.requests["/queue_full/gradio_api/queue/join"] == joins:
        threading.Event().wait(0.01)
    while not any("in the queue" in update.detail for update in bench.updates):
        threading.Event().wait(0.01)


def test_what_retry_after_asks_for_is_waited_for(spaces: Spaces, tmp_path: Path) -> None:
    slow_down = only_on("/queue/join", answering(429, "", {"retry-after": "0.2"}), times=2)
    spaces.rules["good"] = slow_down
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/good"])
    try:
        assert bench.tool("good_reconstruct")("a.png")["splat"].endswith(".ply")
    finally:
        del spaces.rules["good"]
    assert bench.box.totals()["retries"] == 2
    assert any("busy" in update.detail for update in bench.updates)


def test_the_quota_error_says_what_is_left_and_when_it_is_back(spaces: Spaces, tmp_path: Path) -> None:
    with SmallHub() as hub:
        left = {"base": 210, "current": 56, "resetsAt": "2026-01-01T00:00:00Z", "overquotaUsed": 0}
        hub.answers["/api/spaces/zero-gpu/quota"] = (200, {}, json.dumps(left))
        bench = Bench(tmp_path, hub.url)
        put_examples(bench.workspace.root)
        bench.box.connect([f"{spaces.url}/quota"])
        with pytest.raises(SpaceError, match="56 of 210 s are left, back at 2026-01-01T00:00:00Z") as caught:
            bench.tool("quota_reconstruct")("a.png")
        assert caught.value.retry_after == 3723
        bench.box.close()


def test_a_files_name_never_chooses_its_path(spaces: Spaces, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/odd_name"])
    splat = bench.tool("odd_name_reconstruct")("a.png")["splat"]
    assert splat.startswith(".splatelier/cache/files/")
    assert (bench.workspace.root / splat).read_bytes() == ply_bytes()
    assert not list(tmp_path.rglob("escaped*"))
    bench.box.close()
