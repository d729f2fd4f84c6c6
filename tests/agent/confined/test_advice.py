"""Python that the interpreter does not know is refused before anything runs, with what to write instead."""

import re

import pytest
from smolagents.local_python_executor import InterpreterError

from splatelier.agent.confined.advice import unknown_python
from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("a = {'x': 1}\nb = {**a, 'y': 2}", "line 2 unpacks a dict inside braces.* write `a | {...}`"),
        ("b = [*a, 2]", "write `a + [...]`"),
        ("for x in (*a, 2):\n    pass", "write `a + [...]`"),
        ("match a:\n    case 1:\n        pass", "use if and elif"),
        ("while (n := 3) < 2:\n    pass", "a line of its own"),
    ],
)
def test_what_the_interpreter_does_not_know_is_named_with_what_to_write_instead(code: str, instead: str) -> None:
    pattern = ".*".join(re.escape(part) for part in instead.split(".*"))
    assert re.search(pattern, unknown_python(code))


@pytest.mark.parametrize(
    "code",
    ["f(*a, **b)", "def f(*a, **b):\n    return a | {'x': 1}", "a, b = b, a", "x = {1: [2]}", "half a sentence ("],
)
def test_what_it_knows_and_what_is_no_python_is_left_to_it(code: str) -> None:
    assert unknown_python(code) == ""


def test_nothing_of_such_a_step_runs_and_the_next_one_goes_on() -> None:
    python = ConfinedExecutor(find_room())
    try:
        python("a = {'x': 1}")
        with pytest.raises(InterpreterError, match=r"^The code was not run: line 2"):
            python("a = a | {'z': 3}\nb = {**a}")
        assert python("a").output == "{'x': 1}"
    finally:
        python.cleanup()
