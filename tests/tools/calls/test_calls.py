"""One call: cached by content, counted, bounded by a budget and by deadlines, and stopped on the server too."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from gradio_client import Client

from splatelier.tools.calls.budget import Budget, BudgetExceeded
from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.errors import Cancelled, SpaceError
from tests.tools.space_apps.serving import QUICK, Bench, put_examples, served

pytestmark = pytest.mark.slow


class Clerk:
    """A small Space that remembers how often it was asked, and can be held in the middle of its work."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.finished: list[str] = []
        self.working = threading.Semaphore(0)
        self.go_on = threading.Event()
        with gr.Blocks() as demo:
            text, number, flag = gr.Textbox(label="Text"), gr.Number(0, label="Seed"), gr.Checkbox(label="Random seed")
            gr.Button().click(self.write, [text, number, flag], gr.File(label="Page"), api_name="write")
            gr.Button().click(self.copy, gr.File(label="Page"), gr.File(), api_name="copy")
            gr.Button().click(self.hold, text, gr.Textbox(), api_name="hold", concurrency_limit=2)
            gr.Button().click(lambda a: a, gr.Radio(["x", "y"], label="Pick"), gr.Textbox(), api_name="pick")
        self.demo = demo

    def write(self, text: str, seed: float, random_seed: bool) -> str:
        self.asked.append(text)
        folder = Path(os.environ["CLERK_FOLDER"])
        path = folder / f"{len(self.asked)}.txt"
        path.write_text(f"{text} {seed} {random_seed}")
        return str(path)

    def copy(self, path: str) -> str:
        self.asked.append(Path(path).read_text())
        return path

    def hold(self, text: str) -> Iterator[str]:
        """A generator, so that a cancelled call ends after the step that it is in."""
        self.asked.append(text)
        self.working.release()
        while not self.go_on.wait(0.02):
            yield "waiting"
        self.finished.append(text)
        yield text


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Clerk, str]]:
    monkeypatch.setenv("CLERK_FOLDER", str(tmp_path))
    clerk = Clerk()
    with served(clerk.demo, allowed_paths=[str(tmp_path)]) as url:
        yield clerk, url
        clerk.go_on.set()


@pytest.fixture
def bench(clerk: tuple[Clerk, str], tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "bench")
    put_examples(bench.workspace.root)
    bench.box.connect([clerk[1]])
    yield bench
    bench.box.close()


def test_the_same_question_is_asked_once_and_the_answer_says_so(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    first = bench.tool("write")("hello", 3)
    assert bench.tool("write")(text="hello", seed=3) == first
    assert clerk[0].asked == ["hello"]
    assert bench.updates[-1].detail == "from the cache"
    totals = bench.box.totals()
    assert (totals["calls"], totals["cache_hits"]) == (1, 1)


def test_the_next_run_finds_what_this_one_asked(bench: Bench, clerk: tuple[Clerk, str], tmp_path: Path) -> None:
    bench.tool("write")("hello")
    later = Bench(tmp_path / "bench")
    later.box.connect([clerk[1]])
    later.tool("write")("hello")
    assert clerk[0].asked == ["hello"]
    later.box.close()


def test_another_seed_a_changed_file_and_a_lost_result_are_asked_again(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    made = bench.tool("write")("hello", 1)["page"]
    bench.tool("write")("hello", 2)
    assert len(clerk[0].asked) == 2

    source = bench.workspace.root / "a.txt"
    bench.tool("copy")("a.txt")
    bench.workspace.copy("a.txt", "same.txt")
    bench.tool("copy")("same.txt")
    assert len(clerk[0].asked) == 3  # the same contents under another name
    source.write_text("changed")
    bench.tool("copy")("a.txt")
    assert len(clerk[0].asked) == 4

    (bench.workspace.root / made).unlink()
    bench.tool("write")("hello", 1)
    assert len(clerk[0].asked) == 5


def test_a_random_seed_and_a_wish_for_something_fresh_are_not_cached(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    for _ in range(2):
        bench.tool("write")("hello", 1, True)
        bench.tool("write")("hello", -1)
        bench.tool("write")("again", 1, _fresh=True)
    assert len(clerk[0].asked) == 6


def test_a_half_written_cache_entry_is_asked_again(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    bench.tool("write")("hello")
    for entry in bench.workspace.resolve(".splatelier/cache/calls").iterdir():
        entry.write_text(entry.read_text()[:20])
    bench.tool("write")("hello")
    assert len(clerk[0].asked) == 2


def test_a_wrong_choice_never_leaves_this_machine(bench: Bench) -> None:
    with pytest.raises(SpaceError, match="a cannot be 'z'") as caught:
        bench.tool("pick")("z")
    assert caught.value.kind == "refused"
    assert "'x', 'y'" in str(caught.value)
    assert bench.box.totals()["calls"] == 0


@pytest.mark.parametrize(
    ("args", "kwargs", "says"),
    [
        ((), {}, "it needs text"),
        (("a", 1, True, 4), {}, "takes 3 arguments"),
        (("a",), {"text": "b"}, "given twice"),
        (("a",), {"colour": "red"}, "no argument called 'colour'"),
    ],
)
def test_wrong_arguments_are_refused_with_the_signature(bench: Bench, args: tuple, kwargs: dict, says: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(SpaceError, match=says) as caught:
        bench.tool("write")(*args, **kwargs)
    assert "write(text, seed=0, random_seed=False)" in str(caught.value)


@pytest.mark.parametrize("path", ["/etc/hostname", "../../etc/hostname", "absent.txt", "~/.ssh/id_rsa"])
def test_only_files_of_the_gallery_go_up(bench: Bench, clerk: tuple[Clerk, str], path: str) -> None:
    with pytest.raises(SplatelierError):
        bench.tool("copy")(path)
    with pytest.raises(SplatelierError):
        bench.tool("write")({"path": path, "meta": {"_type": "gradio.FileData"}})
    assert clerk[0].asked == []


def test_a_budget_of_calls_names_the_limit_and_lets_the_cache_pass(clerk: tuple[Clerk, str], tmp_path: Path) -> None:
    bench = Bench(tmp_path / "bench", budget=Budget(calls=2))
    bench.box.connect([clerk[1]])
    bench.tool("write")("one")
    bench.tool("write")("two")
    bench.tool("write")("one")
    with pytest.raises(BudgetExceeded, match="calls is limited to 2"):
        bench.tool("write")("three")
    assert len(clerk[0].asked) == 2
    bench.box.close()


def test_a_budget_of_minutes_and_of_gpu_seconds_ends_a_run_too() -> None:
    budget = Budget(minutes=1, gpu_seconds=30)
    budget.take()
    budget.spend(20, 30)
    with pytest.raises(BudgetExceeded, match="gpu_seconds is limited to 30"):
        budget.take()
    budget = Budget(minutes=1)
    budget.spend(60, 0)
    with pytest.raises(BudgetExceeded, match="minutes is limited to 1"):
        budget.take()


def test_a_call_that_waits_too_long_in_the_queue_is_a_timeout(clerk: tuple[Clerk, str], tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        gr.Button().click(clerk[0].hold, gr.Textbox(), gr.Textbox(), api_name="hold", concurrency_limit=1)
    with served(demo) as url:
        other = Client(url, verbose=False, token=False)
        other.submit("first", api_name="/hold")
        assert clerk[0].working.acquire(timeout=20)
        bench = Bench(tmp_path / "bench", limits=replace(QUICK, queue_seconds=0.3))
        bench.box.connect([url])
        with pytest.raises(SpaceError, match=r"queue for more than 0\.3 s") as caught:
            bench.tool("hold")("second")
        assert (caught.value.kind, caught.value.attempts) == ("timeout", 2)
        assert any("in the queue" in update.detail for update in bench.updates)
        clerk[0].go_on.set()
        bench.box.close()
    assert clerk[0].asked == ["first"]  # the queued calls were taken back on the server too


def test_one_call_may_have_a_deadline_of_its_own(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    with pytest.raises(SpaceError, match=r"more than 0\.2 s"):
        bench.tool("hold")("x", _timeout=0.2)
    assert clerk[0].finished == []


def test_cancelling_stops_calls_in_every_thread_and_on_the_server(bench: Bench, clerk: tuple[Clerk, str]) -> None:
    outcomes: list[BaseException] = []

    def run() -> None:
        try:
            bench.tool("parallel_map")(bench.tool("hold"), ["a", "b", "c", "d"], workers=2)
        except Cancelled as error:
            outcomes.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    for _ in range(2):
        assert clerk[0].working.acquire(timeout=20)
    bench.box.cancel()
    thread.join(20)
    assert len(outcomes) == 1
    assert len(clerk[0].asked) == 2

    # The server takes two at a time, and nothing was allowed to go on: a third can only begin because it let go of one.
    thread = threading.Thread(target=bench.tool("hold"), args=("after",))
    thread.start()
    assert clerk[0].working.acquire(timeout=20)
    clerk[0].go_on.set()
    thread.join(20)
    assert "after" in clerk[0].finished
    assert len(clerk[0].finished) < 3


SCRIPT = """
import sys
from pathlib import Path
from tests.tools.space_apps.serving import Bench
bench = Bench(Path(sys.argv[2]))
bench.box.connect([sys.argv[1]])
print("ready", flush=True)
try:
    bench.tool("parallel_map")(bench.tool("hold"), ["a", "b"], workers=2)
except KeyboardInterrupt:
    print("stopped", flush=True)
    bench.box.close()
"""


def test_ctrl_c_ends_a_program_that_waits_for_calls(clerk: tuple[Clerk, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, clerk[1], str(tmp_path / "bench")], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        for _ in range(2):
            assert clerk[0].working.acquire(timeout=60)
        program.send_signal(signal.SIGINT)
        assert program.stdout.readline() == "stopped\n"
        assert program.wait(timeout=20) == 0
    assert clerk[0].finished == []


SERVER = """
import sys, time
import gradio as gr
def slow(text):
    print("working", flush=True)
    time.sleep(600)
with gr.Blocks() as demo:
    gr.Button().click(slow, gr.Textbox(), gr.Textbox(), api_name="slow")
demo.launch(server_name="127.0.0.1", quiet=True, prevent_thread_lock=True)
print(demo.local_url, flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_in_the_middle_of_a_call_is_unreachable(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        bench = Bench(tmp_path / "bench")
        bench.box.connect([server.stdout.readline().strip().rstrip("/")])

        def kill() -> None:
            assert server.stdout is not None
            server.stdout.readline()
            server.kill()

        threading.Thread(target=kill, daemon=True).start()
        with pytest.raises(SpaceError) as caught:
            bench.tool("slow")("x")
    assert caught.value.kind == "unreachable"
    assert caught.value.attempts == QUICK.attempts
    assert "Traceback" not in capfd.readouterr().err
    bench.box.close()
