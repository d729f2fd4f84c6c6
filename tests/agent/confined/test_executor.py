"""The executor as smolagents sees it: steps run as in the stock interpreter, whatever becomes of the child."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from smolagents import LocalPythonExecutor, Tool
from smolagents.default_tools import FinalAnswerTool
from smolagents.local_python_executor import CodeOutput, InterpreterError

from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.plain import NotPlain
from splatelier.agent.confined.sandbox import Room, find_room
from splatelier.tools.progress import Update
from splatelier.tools.redact import hide
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.toolset.parallel import ParallelMap

pytestmark = pytest.mark.slow

Make = Callable[..., ConfinedExecutor]
LOOSE = Room("nothing here confines")


class Ask(Tool):  # type: ignore[misc]
    """A tool that does what a test says."""

    name = "ask"
    description = "Answers."
    inputs = {"what": {"type": "any", "description": "a question"}}  # noqa: RUF012
    output_type = "any"

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        super().__init__()
        self._answer = answer

    def forward(self, what: Any) -> Any:
        return self._answer(what)


def tools(answer: Callable[[Any], Any]) -> dict[str, Tool]:
    every = (Ask(answer), ParallelMap(), FinalAnswerTool())
    return {tool.name: tool for tool in every}


@pytest.fixture
def make() -> Iterator[Make]:
    """Starts executors with the tool `ask`, and ends them after the test."""
    made: list[ConfinedExecutor] = []

    def start(answer: Callable[[Any], Any] = lambda what: what, **options: Any) -> ConfinedExecutor:
        executor = ConfinedExecutor(options.pop("room", None) or find_room(), **options)
        executor.send_tools(tools(answer))
        made.append(executor)
        return executor

    yield start
    for executor in made:
        executor.cleanup()


def children() -> set[int]:
    """The process ids of this process's children."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(pid) for listed in lists for pid in listed.read_text().split()}


def running(pid: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def busy(what: Any) -> Any:
    raise SpaceError("busy", "a/b", f"no room for {what}", retry_after=3.0)


STEPS = {
    "printing and a last value": 'print("one", 2)\nx = {"a": [1, 2.5, None, True]}\nx',
    "a tool's answer by position and by name": 'print(ask("a"), ask(what="b"))\nask({"deep": [1]})',
    "a tool's error": 'print("before")\nask("fail")',
    "an error that is caught": 'try:\n    ask("fail")\nexcept Exception as error:\n    print(error.kind, error)',
    "an error caught by its built-in class": 'try:\n    ask("key")\nexcept KeyError as error:\n    print(error)',
    "an error of the code's own": "[][1]",
    "a syntax error": "x = = 1",
    "an unknown name": "nowhere",
    "a forbidden import": "import os",
    "imports that are allowed": 'import re, math, datetime\nprint(re.sub("a", "b", "aa"), math.pi)\n'
    'datetime.datetime.strptime("2024", "%Y").year',
    "a final answer": 'final_answer({"made": 3})',
    "a final answer from a function": 'def end(x):\n    final_answer(x)\nend("over")',
    "long output": 'print("y" * 60000)',
    "a class and its instances": "class A:\n    def __init__(self):\n        self.x = 3\nprint(A().x)",
    "a map in threads": "def double(n):\n    return (n, ask(n))\n[r['result'] for r in parallel_map(double, range(5))]",
    "a map whose function fails": "def bad(n):\n    return 1 / n\nparallel_map(bad, [0, 2])",
    "a map of no function": 'parallel_map("no", [1])',
}


def answer(what: Any) -> Any:
    if what == "fail":
        raise SpaceError("busy", "a/b", "no room")
    if what == "key":
        raise KeyError("lost")
    return what


@pytest.fixture(scope="module")
def confined() -> Iterator[ConfinedExecutor]:
    executor = ConfinedExecutor(find_room())
    executor.send_tools(tools(answer))
    yield executor
    executor.cleanup()


def outcome(executor: Any, code: str) -> tuple[str, Any, bool]:
    """What the model and the agent get of a step: the logs, the value as text or the error, and whether it is final."""
    try:
        done: CodeOutput = executor(code)
    except InterpreterError as error:
        words, _, _ = str(error).partition("Authorized imports are")  # a set, in any order
        return str(executor.state.get("_print_outputs", "")), words, False
    return done.logs, done.output if done.is_final_answer else str(done.output), done.is_final_answer


@pytest.mark.parametrize("code", STEPS.values(), ids=STEPS.keys())
def test_a_step_comes_out_as_in_the_stock_interpreter(code: str, confined: ConfinedExecutor) -> None:
    stock = LocalPythonExecutor([], timeout_seconds=None)
    stock.send_tools(tools(answer))
    assert outcome(confined, code) == outcome(stock, code)


def test_variables_and_functions_last_from_step_to_step(make: Make) -> None:
    python = make()
    python.send_variables({"given": [1, 2]})
    python("total = sum(given)\ndef more(n):\n    return total + n")
    assert python("more(4)").output == "7"


def test_a_tool_that_comes_in_the_middle_of_a_step_can_be_called_in_the_next(make: Make) -> None:
    python = make()

    def bring(_: Any) -> str:
        newcomer = Ask(lambda what: f"new {what}")
        newcomer.name = "newcomer"
        python.send_tools({**tools(bring), "newcomer": newcomer})
        return "brought"

    python.send_tools(tools(bring))
    assert python('ask("for it")').output == "brought"
    assert python('newcomer("tool")').output == "new tool"


def test_an_error_of_a_space_keeps_its_facts(make: Make) -> None:
    python = make(busy)
    caught = 'try:\n    ask("a cat")\nexcept Exception as e:\n    print(e.kind, e.space, e.retry_after, "/", e)'
    assert python(caught).logs == f"busy a/b 3.0 / {SpaceError('busy', 'a/b', 'no room for a cat')}\n"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("print", "'what' of ask holds a function"),
        ("{1}", "'what' of ask holds a set"),
        ('b"x"', "'what' of ask holds a bytes"),
        ("{1: 2}", "'what' of ask holds a dict with the key 1"),
        ("10 ** 5000", "'what' of ask holds a number of 16610 bits"),
    ],
)
def test_what_is_no_plain_data_is_refused_by_the_arguments_name(
    given: str, words: str, confined: ConfinedExecutor
) -> None:
    with pytest.raises(InterpreterError, match=words):
        confined(f"ask({given})")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('print("half a pair: " + chr(0xD800))', r"half a pair: \?"),
        ('raise ValueError("y" * 9000000)', "yyy.*truncated"),
    ],
    ids=["half a surrogate pair", "an error of nine million characters"],
)
def test_odd_text_is_told_and_the_variables_stay(code: str, words: str, confined: ConfinedExecutor) -> None:
    confined("kept = 5")
    logs, error, _ = outcome(confined, code)
    assert re.search(words, f"{logs} {error}", re.DOTALL)
    assert confined("kept").output == "5"


def test_a_tool_that_gives_no_plain_data_says_so(make: Make) -> None:
    with pytest.raises(InterpreterError, match="What ask gives holds a object"):
        make(lambda _: object())('ask("a")')


def test_a_variable_that_is_no_plain_data_is_refused(make: Make) -> None:
    with pytest.raises(NotPlain, match="The variable 'client' holds a object"):
        make().send_variables({"client": object()})


def test_calls_of_a_map_are_under_way_side_by_side_and_told(make: Make) -> None:
    together = threading.Barrier(6)
    told: list[Update] = []

    def meet(what: Any) -> Any:
        together.wait(20)
        return what

    python = make(meet, progress=told.append)
    python(
        "def f(item):\n    return ask(item['title'])\nr = parallel_map(f, [{'title': t} for t in 'abcdef'], workers=6)"
    )
    assert python("[e['result'] for e in r]").output == str(list("abcdef"))
    assert {(update.label, update.state) for update in told} == {(t, s) for t in "abcdef" for s in ("running", "done")}


def test_a_step_that_computes_without_end_is_stopped_and_its_variables_stay(make: Make) -> None:
    python = make(own_seconds=1)
    python("kept = 5")
    with pytest.raises(InterpreterError, match="computed for 1 s without calling a tool"):
        python('print("begun")\nimport itertools\nfor n in itertools.count():\n    last = n')
    assert python.state["_print_outputs"] == "begun\n"
    assert python("kept").output == "5"


def test_the_time_in_which_a_tool_works_does_not_count(make: Make) -> None:
    python = make(lambda seconds: time.sleep(seconds), own_seconds=1)
    python("def f(s):\n    ask(s)\nask(1.5)\nr = parallel_map(f, [1.5, 1.5])")
    assert python("[e['ok'] for e in r]").output == "[True, True]"


def test_a_step_that_cannot_be_interrupted_is_ended_and_the_model_is_told(make: Make) -> None:
    python = make(own_seconds=1)
    python("kept = 5")
    with pytest.raises(InterpreterError, match="computed for 1 s without calling a tool"):
        python("n = 10 ** 10 ** 9")
    assert "variables and functions of earlier steps are gone" in python.state["_print_outputs"]
    assert python("1 + 1").logs == ""
    with pytest.raises(InterpreterError, match="`kept` is not defined"):
        python("kept")


@pytest.mark.parametrize("room", [find_room(), LOOSE], ids=["confined", "loose"])
def test_more_memory_than_there_is_ends_the_step_and_the_next_one_works(room: Room, make: Make) -> None:
    python = make(room=room)
    with pytest.raises(InterpreterError, match=r"MemoryError|more than 2 GB of memory"):
        python("a = [0] * (1 << 31)")
    assert python('ask("still here")').output == "still here"


def test_a_child_that_is_killed_between_steps_is_replaced_and_the_model_is_told(make: Make) -> None:
    before = children()
    python = make()
    python("kept = 5")
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    while child in children():
        time.sleep(0.01)
    done = python('ask("again")')
    assert done.output == "again"
    assert "variables and functions of earlier steps are gone" in done.logs
    assert python("1").logs == ""


@pytest.mark.parametrize(
    "code",
    [
        "import itertools\nfor n in itertools.count():\n    pass",
        'ask("slow")',
        'def f(x):\n    return ask("slow")\nparallel_map(f, [1, 2])',
    ],
    ids=["while the code computes", "while a tool works", "in the middle of a map"],
)
def test_ctrl_c_stops_a_step_and_its_calls_and_keeps_the_variables(code: str, make: Make) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    def slow(what: Any) -> Any:
        if what == "slow":
            begun.set()
            cancelled.wait(20)
        return what

    python = make(slow, cancel=cancelled.set)
    python("kept = 5")

    def interrupt() -> None:
        if "slow" in code:
            begun.wait(20)
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        python(code)
    assert cancelled.is_set()
    assert python("kept").output == "5"


def test_secrets_go_back_in_no_answer_error_or_print(make: Make) -> None:
    hide("correct-horse-battery")

    def leak(what: Any) -> Any:
        if what == "error":
            raise ValueError("wrong password correct-horse-battery")
        return {"correct-horse-battery": ["hf_abcdefghijklmnop"]}

    python = make(leak)
    assert python("str(ask('all'))").output == "{'[secret]': ['[secret]']}"
    with pytest.raises(InterpreterError, match="wrong password \\[secret\\]"):
        python("ask('error')")
    assert python("print('correct-horse-' + 'battery')").logs == "[secret]\n"
    assert python("final_answer('correct-horse-' + 'battery')").output == "[secret]"


def test_executors_in_one_process_share_nothing(make: Make) -> None:
    one, other = make(lambda _: "one"), make(lambda _: "other")
    one("x = 1")
    assert (one("ask(0)").output, other("ask(0)").output) == ("one", "other")
    with pytest.raises(InterpreterError, match="`x` is not defined"):
        other("x")


def test_an_executor_outlives_the_thread_that_made_it(make: Make) -> None:
    made: list[ConfinedExecutor] = []
    thread = threading.Thread(target=lambda: made.append(make()))
    thread.start()
    thread.join()
    made[0]("x = 1")
    time.sleep(0.2)
    assert made[0]("x").output == "1"


@pytest.mark.parametrize("room", [find_room(), LOOSE], ids=["confined", "loose"])
def test_cleanup_leaves_no_child_behind(room: Room, make: Make) -> None:
    before = children()
    python = make(room=room)
    python("1")
    assert len(children() - before) == 1
    python.cleanup()
    assert children() == before


@pytest.mark.parametrize("room", ["find_room()", "Room('none')"], ids=["confined", "loose"])
def test_a_child_ends_with_its_parent_even_if_that_is_killed(room: str) -> None:
    code = (
        "import sys, time; from splatelier.agent.confined.executor import ConfinedExecutor\n"
        "from splatelier.agent.confined.sandbox import Room, find_room\n"
        f"python = ConfinedExecutor({room}); python.send_tools({{}}); python('1')\n"
        "from pathlib import Path\n"
        "print(*[c for t in Path('/proc/self/task').glob('*/children') for c in t.read_text().split()], flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert running(child)
        parent.kill()
    deadline = time.monotonic() + 20
    while running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(child)


def test_without_landlock_the_child_still_has_an_empty_environment(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_abcdefghijklmnop")
    python = make(room=LOOSE)
    python('(x for x in [1]).gi_frame.f_locals["authorized_imports"].append("*")\nimport os')
    assert python('print(os.environ["LANG"])\nos.environ.get("HF_TOKEN")').output == "None"
    assert python("len(os.environ) <= 2").output == "True"
