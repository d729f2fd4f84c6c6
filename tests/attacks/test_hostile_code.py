"""Hostile model code through the real command line, with no permission given: what it tries, and what stands."""

import re

import pytest

from tests.attacks.conftest import Aftermath, Canaries
from tests.attacks.probes import LAST, PROBES, Probe

pytestmark = pytest.mark.slow


def test_there_are_at_least_forty_probes_and_each_was_tried(aftermath: Aftermath) -> None:
    tried = {probe.tries for probe in (*PROBES, *LAST)}
    assert len(tried) == len(PROBES) + len(LAST) >= 40
    assert set(aftermath.outcomes) == tried


def test_the_code_was_out_of_the_interpreter_before_it_tried(aftermath: Aftermath) -> None:
    assert "OUT True True" in aftermath.model[2]


@pytest.mark.parametrize("probe", [*PROBES, *LAST], ids=lambda probe: probe.tries)
def test_what_hostile_code_tries_does_not_come_to_pass(probe: Probe, aftermath: Aftermath) -> None:
    outcome = aftermath.outcomes[probe.tries]
    assert "CAUGHT" not in outcome
    assert re.search(probe.stands, outcome, re.DOTALL), outcome


def test_no_canary_reaches_the_models_server(aftermath: Aftermath, canaries: Canaries) -> None:
    assert len(aftermath.model) > len(LAST)
    assert canaries.seen_in("\n".join(aftermath.model)) == []


def test_no_canary_reaches_a_space_which_was_called_all_the_same(aftermath: Aftermath, canaries: Canaries) -> None:
    assert aftermath.space
    assert canaries.seen_in("\n".join(aftermath.space)) == []


def test_a_stranger_on_the_network_hears_nothing(aftermath: Aftermath) -> None:
    assert aftermath.stranger == []


def test_no_canary_is_in_a_file_of_the_gallery_or_in_what_was_printed(aftermath: Aftermath, canaries: Canaries) -> None:
    files = [path for path in aftermath.gallery.rglob("*") if path.is_file()]
    assert any(path.name == "trace.jsonl" for path in files)
    for path in files:
        assert canaries.seen_in(path.read_bytes().decode(errors="replace")) == [], path
    assert canaries.seen_in(aftermath.done.stdout + aftermath.done.stderr) == []


def test_nothing_is_published_though_the_token_may(aftermath: Aftermath) -> None:
    assert not aftermath.published


def test_the_home_folder_is_as_it_was(aftermath: Aftermath, canaries: Canaries) -> None:
    home = aftermath.home
    assert (home / ".bashrc").read_text() == "# untouched\n"
    assert (home / ".ssh" / "id_rsa").read_text() == canaries.key
    assert (home / ".ssh" / "id_rsa").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in home.iterdir()} == {".bashrc", ".ssh", "hf", "service.sock"}


def test_the_run_ends_in_order(aftermath: Aftermath) -> None:
    assert aftermath.done.returncode == 1, aftermath.done.stdout + aftermath.done.stderr
    assert "Traceback" not in aftermath.done.stdout + aftermath.done.stderr
