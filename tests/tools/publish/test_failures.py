"""What goes wrong while publishing: one sentence each, and the Space is as it was before."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from splatelier.spaces.pocket_hub import Limits
from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.progress import Update
from splatelier.tools.publish.deploy import deploy_gallery
from splatelier.tools.publish.errors import DeployError
from splatelier.tools.publish.live import Patience
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Town = Any


def attempt(workspace: Workspace, api: HfApi, patience: Patience, space: str = "you/stones") -> str:
    """The sentence that a failing deploy says."""
    with pytest.raises(DeployError) as failure:
        deploy_gallery(workspace, api, space, allowed=lambda _: True, patience=patience)
    sentence = str(failure.value)
    assert "\n" not in sentence
    assert "hf_" not in sentence
    return sentence


def test_without_a_token(town: Town, workspace: Workspace, patience: Patience) -> None:
    said = attempt(workspace, HfApi(endpoint=town.endpoint, token=False), patience)
    assert said.startswith("Publishing needs a Hugging Face token with write access")
    assert town.files("you/stones") is None


def test_with_a_token_that_the_hub_does_not_know(town: Town, workspace: Workspace, patience: Patience) -> None:
    said = attempt(workspace, HfApi(endpoint=town.endpoint, token="hf_forgotten"), patience)
    assert said.startswith("The Hub does not know this token: make a new one at https://")
    assert town.files("you/stones") is None


def test_with_a_token_that_may_only_read(town: Town, workspace: Workspace, patience: Patience) -> None:
    said = attempt(workspace, town.reader, patience)
    assert said.startswith("The token of you can only read: make one with write access at https://")
    assert town.files("you/stones") is None


def test_under_somebody_elses_name(town: Town, workspace: Workspace, patience: Patience) -> None:
    said = attempt(workspace, town.you, patience, "other/stones")
    assert said.startswith("The token may not publish to other/stones")
    assert town.files("other/stones") is None


def test_onto_a_space_of_somebody_else(town: Town, workspace: Workspace, patience: Patience) -> None:
    deploy_gallery(workspace, town.other, "other/stones", allowed=lambda _: True, patience=patience)
    before = town.files("other/stones")
    gallery = load_gallery(workspace)
    gallery.title = "Mine now"
    save_gallery(workspace, gallery)
    assert attempt(workspace, town.you, patience, "other/stones").startswith(
        "The token may not publish to other/stones"
    )
    assert town.files("other/stones") == before


def test_onto_a_space_of_another_kind(town: Town, workspace: Workspace, patience: Patience) -> None:
    town.you.create_repo("you/stones", repo_type="space", space_sdk="gradio")
    before = town.files("you/stones")
    said = attempt(workspace, town.you, patience)
    assert said == "you/stones is a gradio Space, which a gallery would overwrite: choose another name."
    assert town.files("you/stones") == before


def test_onto_a_static_space_that_holds_something_else(town: Town, workspace: Workspace, patience: Patience) -> None:
    town.you.create_repo("you/stones", repo_type="space", space_sdk="static")
    town.you.create_commit(
        "you/stones", [CommitOperationAdd("index.html", b"<h1>My site")], commit_message="Mine", repo_type="space"
    )
    before = town.files("you/stones")
    assert "has a file README.md that was not published from a gallery" in attempt(workspace, town.you, patience)
    assert town.files("you/stones") == before


@pytest.mark.parametrize("name", ["you/no such name", "a/b/c", "you/--"])
def test_with_a_name_that_is_none(town: Town, workspace: Workspace, patience: Patience, name: str) -> None:
    assert "cannot be a Space's name" in attempt(workspace, town.you, patience, name)


def test_a_file_that_is_too_large_for_the_hub(
    settle_town: Callable[..., Town], workspace: Workspace, patience: Patience
) -> None:
    town = settle_town(Limits(file_bytes=100_000))
    said = attempt(workspace, town.you, patience)
    assert said.startswith("The Hub refused a file for its size (")
    assert "is too large" in said
    assert town.titles("you/stones") == ["initial commit"]


def test_a_space_that_stays_in_an_error_stage(
    settle_town: Callable[..., Town], workspace: Workspace, patience: Patience
) -> None:
    town = settle_town(Limits(space_bytes=200_000))
    said = attempt(workspace, town.you, patience)
    assert said.startswith("you/stones was published but stays in RUNTIME_ERROR (storage limit exceeded")
    assert said.endswith(f"see {town.endpoint}/spaces/you/stones for its logs.")
    assert len(town.titles("you/stones")) == 2


def test_a_space_that_takes_too_long(settle_town: Callable[..., Town], workspace: Workspace) -> None:
    town = settle_town(Limits(build_seconds=3600))
    said = attempt(workspace, town.you, Patience(live=0.3, settle=0, poll=0.05))
    assert "its page is not there after 0 s (BUILDING): look again in a while" in said


def test_a_hub_that_cannot_be_reached(workspace: Workspace, patience: Patience) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        nowhere = f"http://127.0.0.1:{door.getsockname()[1]}"
    said = attempt(workspace, HfApi(endpoint=nowhere, token="hf_yours"), patience)
    assert said.startswith("The Hub cannot be reached (")
    assert said.endswith("so nothing was published to you/stones: check the connection and try again.")


@contextmanager
def cable(endpoint: str, cut: Callable[[bytes], bool], for_good: bool = True, answers: bool = False) -> Iterator[str]:
    """A way to the Hub, by TCP, that is cut as soon as `cut` says so of what is being sent; gives its address.

    Args:
        for_good: from then on nobody is let through.
        answers: listen to what the Hub sends instead.
    """
    there = urlsplit(endpoint)
    is_cut = threading.Event()

    def pump(source: socket.socket, drain: socket.socket, listened: bool) -> None:
        sent = b""
        with suppress(OSError):
            while piece := source.recv(65536):
                sent += piece if listened else b""
                if listened and cut(sent):
                    is_cut.set()
                    break
                drain.sendall(piece)
        for end in (source, drain):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                if for_good and is_cut.is_set():
                    near.close()
                    continue
                far = socket.create_connection((str(there.hostname), there.port or 80))
                threading.Thread(target=pump, args=(near, far, not answers), daemon=True).start()
                threading.Thread(target=pump, args=(far, near, answers), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def renamed(town: Town, workspace: Workspace, patience: Patience) -> Workspace:
    """A published gallery with a new title that is not published yet."""
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    gallery = load_gallery(workspace)
    gallery.title = "New name"
    save_gallery(workspace, gallery)
    return workspace


def test_a_connection_that_is_lost_while_the_commit_is_sent(town: Town, renamed: Workspace, patience: Patience) -> None:
    before = town.files("you/stones")
    with cable(town.endpoint, lambda seen: b'{"key": "file"' in seen, for_good=False) as endpoint:
        said = attempt(renamed, HfApi(endpoint=endpoint, token="hf_yours"), patience)
    assert said.startswith("The connection to the Hub was lost (")
    assert said.endswith("so nothing was published to you/stones: try again.")
    assert town.files("you/stones") == before
    done = deploy_gallery(renamed, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    assert done.message == "Rename"


def test_a_connection_that_is_lost_for_good(town: Town, renamed: Workspace, patience: Patience) -> None:
    before = town.files("you/stones")
    with cable(town.endpoint, lambda seen: b'{"key": "file"' in seen) as endpoint:
        api = HfApi(endpoint=endpoint, token="hf_yours")
        said = attempt(renamed, api, patience)
    assert said.endswith("publish again when it is back; what has arrived is not sent twice.")
    assert town.files("you/stones") == before


def test_a_connection_that_is_lost_after_the_commit_was_made(
    town: Town, renamed: Workspace, patience: Patience
) -> None:
    with cable(town.endpoint, lambda seen: b"commitOid" in seen, for_good=False, answers=True) as endpoint:
        api = HfApi(endpoint=endpoint, token="hf_yours")
        done = deploy_gallery(renamed, api, "you/stones", allowed=lambda _: True, patience=patience)
    assert done.commit == town.you.space_info("you/stones").sha
    assert town.titles("you/stones") == ["Rename", "Publish Two Stones: 2 pieces", "initial commit"]


def test_a_connection_that_drops_once_in_the_middle_of_an_upload_is_taken_up_again(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    dropped: list[bytes] = []

    def once(seen: bytes) -> bool:
        if not dropped and b"PUT /lfs/" in seen and len(seen) > 2000:
            dropped.append(seen)
            return True
        return False

    with cable(town.endpoint, once, for_good=False) as endpoint:
        done = deploy_gallery(
            workspace,
            HfApi(endpoint=endpoint, token="hf_yours"),
            "you/stones",
            allowed=lambda _: True,
            patience=patience,
        )
    assert dropped
    assert town.titles("you/stones") == ["Publish Two Stones: 2 pieces", "initial commit"]
    assert set(done.sent) <= set(town.files("you/stones"))


def test_of_two_deploys_at_once_one_wins_and_the_other_says_so(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    """The second one is quicker: it publishes between the look of the first one and its commit."""
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    gallery = load_gallery(workspace)
    gallery.title = "The slow one"
    save_gallery(workspace, gallery)

    def meanwhile(update: Update) -> None:
        if (update.key, update.state) == ("deploy", "running"):
            quick = CommitOperationAdd("gallery.json", BytesIO(b"{}"))
            town.you.create_commit("you/stones", [quick], commit_message="The quick one", repo_type="space")

    with pytest.raises(DeployError, match=r"Somebody else changed you/stones.*so nothing was published.*publish again"):
        deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, progress=meanwhile, patience=patience)
    assert town.titles("you/stones")[0] == "The quick one"
    done = deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    assert "gallery.json" in done.sent
    assert town.titles("you/stones")[0] == done.message


def test_two_first_deploys_in_threads_leave_one_whole_gallery(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def both_have_looked(update: Update) -> None:
        if (update.key, update.state) == ("deploy", "running"):
            together.wait(20)

    def go() -> None:
        try:
            done = deploy_gallery(
                workspace,
                town.you,
                "you/stones",
                allowed=lambda _: True,
                progress=both_have_looked,
                patience=patience,
            )
            outcomes.append(done.message)
        except DeployError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost, won = sorted(outcomes, key=lambda outcome: outcome.startswith("Publish"))
    assert won == "Publish Two Stones: 2 pieces"
    assert lost.startswith("Somebody else changed you/stones")
    assert town.titles("you/stones") == ["Publish Two Stones: 2 pieces", "initial commit"]


def test_no_secret_goes_into_what_is_published(
    town: Town, workspace: Workspace, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_yours")
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    store = town.hub.guests.repositories
    repository = store.find("space", "you/stones")
    for file in repository.head.files.values():
        content = store.content(file).read_bytes()
        assert b"hf_yours" not in content
        assert str(workspace.root).encode() not in content
