"""No secret of a run stands in a text that leaves it."""

from pathlib import Path

import pytest

from splatelier.tools import redact as module
from splatelier.tools.redact import hide, redact, redacted


@pytest.fixture(autouse=True)
def nothing_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_told", {})


def test_what_a_run_was_told_is_taken_out_by_value_whatever_it_looks_like() -> None:
    hide("correct horse battery", None, "")
    assert redact("the key is correct horse battery.", {}) == "the key is [secret]."
    assert redact("?key=correct%20horse%20battery", {}) == "?key=[secret]"


def test_the_password_in_an_address_is_hidden_wherever_it_turns_up() -> None:
    hide("http://me:p%40ssw0rd@host.test/")
    assert redact("it said p@ssw0rd", {}) == "it said [secret]"


def test_a_value_too_short_to_be_a_secret_leaves_words_alone() -> None:
    hide("a", "spl")
    assert redact("a splat", {}) == "a splat"


def test_plain_data_is_redacted_at_every_depth_and_numbers_stay() -> None:
    hide("wintergreen")
    value = {"wintergreen": ["a wintergreen b", 3, None, {"x": ("wintergreen",)}]}
    assert redacted(value) == {"[secret]": ["a [secret] b", 3, None, {"x": ("[secret]",)}]}


def test_the_home_folder_and_secret_variables_are_named_not_shown() -> None:
    assert redact("/home/ada/x KEYVALUE99", {"MY_API_KEY": "KEYVALUE99"}, Path("/home/ada")) == "~/x [MY_API_KEY]"
