"""What is asked about is what is published: a plan, its question, a permission for exactly that."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd, HfApi, SpaceInfo
from PIL import Image

from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.publish.deploy import Publisher, carry_out, deploy_gallery
from splatelier.tools.publish.errors import DeployError
from splatelier.tools.publish.live import Patience
from splatelier.tools.publish.plan import Permission, plan_deployment
from splatelier.tools.publish.release import build_release
from splatelier.tools.workspace.workspace import Workspace

Town = Any


class Reader(HfApi):
    """The real client, which counts how often a Space was looked at."""

    looks = 0

    def space_info(self, *arguments: Any, **more: Any) -> SpaceInfo:
        self.looks += arguments[0] == "you/stones"
        return super().space_info(*arguments, **more)


def test_the_question_names_the_gallery_the_space_and_whose_eyes(town: Town, workspace: Workspace) -> None:
    plan = plan_deployment(workspace, town.you, "stones")
    trial = " (This is a trial on this computer, gone when you leave.)"
    assert plan.question == "Publish “Two Stones” as the Space you/stones, for everybody to see?" + trial
    hidden = plan_deployment(workspace, town.you, "stones", private=True)
    assert hidden.question == "Publish “Two Stones” as the Space you/stones, for your eyes only?" + trial
    assert hidden.permission == Permission("you/stones", private=True)


@pytest.mark.parametrize(
    "permission", [None, Permission("you/other", private=False), Permission("you/stones", private=True)]
)
def test_no_other_permission_will_do(town: Town, workspace: Workspace, permission: Permission | None) -> None:
    plan = plan_deployment(workspace, town.you, "you/stones")
    with pytest.raises(DeployError, match="was not allowed" if permission is None else "The permission is for"):
        carry_out(workspace, town.you, plan, permission)
    assert town.files("you/stones") is None


def test_a_permission_given_beforehand_holds_for_that_space_and_those_eyes_alone(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    publisher = Publisher(workspace, town.you, patience=patience)
    with pytest.raises(DeployError, match="was not allowed"):
        publisher.publish("you/stones")
    assert publisher.publish_permitted(Permission("stones", private=True)).space == "you/stones"
    with pytest.raises(DeployError, match="There is a Space you/stones, for your eyes only, already"):
        publisher.publish_permitted(Permission("you/stones", private=False))
    assert town.you.space_info("you/stones").private


def test_the_hub_is_looked_at_once_for_a_plan_and_not_again_for_carrying_it_out(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    gallery = load_gallery(workspace)
    gallery.title = "Again"
    save_gallery(workspace, gallery)
    api = Reader(endpoint=town.endpoint, token="hf_yours")
    done = deploy_gallery(workspace, api, "you/stones", allowed=lambda _: True, patience=patience)
    assert (done.message, api.looks) == ("Rename", 1)


def test_a_space_that_changed_after_the_question_is_left_alone(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    deploy_gallery(workspace, town.you, "you/stones", allowed=lambda _: True, patience=patience)
    gallery = load_gallery(workspace)
    gallery.title = "Mine"
    save_gallery(workspace, gallery)

    def slow(_: str) -> bool:
        quick = CommitOperationAdd("gallery.json", b"{}")
        town.you.create_commit("you/stones", [quick], commit_message="The quick one", repo_type="space")
        return True

    with pytest.raises(DeployError, match="Somebody else changed you/stones"):
        deploy_gallery(workspace, town.you, "you/stones", allowed=slow, patience=patience)
    assert town.titles("you/stones")[0] == "The quick one"


@pytest.mark.parametrize("kind", ["static", "gradio"])
def test_a_space_that_somebody_made_after_the_question_is_left_alone(
    town: Town, workspace: Workspace, patience: Patience, kind: str
) -> None:
    def slow(_: str) -> bool:
        town.you.create_repo("you/stones", repo_type="space", space_sdk=kind)
        return True

    with pytest.raises(DeployError, match="Somebody else changed you/stones"):
        deploy_gallery(workspace, town.you, "you/stones", allowed=slow, patience=patience)
    assert town.titles("you/stones") == ["initial commit"]


def test_a_manifest_that_changes_after_the_question_does_not_change_what_is_published(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    def slow(_: str) -> bool:
        gallery = load_gallery(workspace)
        gallery.title = "Something nobody was asked about"
        save_gallery(workspace, gallery)
        return True

    done = deploy_gallery(workspace, town.you, "you/stones", allowed=slow, patience=patience)
    assert done.message == "Publish Two Stones: 2 pieces"
    manifest = Path(town.you.hf_hub_download("you/stones", "gallery.json", repo_type="space")).read_text()
    assert "nobody was asked" not in manifest


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_changes_after_the_question_stops_the_publication(
    town: Town, workspace: Workspace, patience: Patience, there: bool
) -> None:
    if there:
        town.you.create_repo("you/stones", repo_type="space", space_sdk="static")

    def slow(_: str) -> bool:
        Image.new("RGB", (256, 256), (90, 0, 0)).save(workspace.root / "assets/gate/source.png")
        return True

    with pytest.raises(DeployError, match=r"is not what it was when you were asked"):
        deploy_gallery(workspace, town.you, "you/stones", allowed=slow, patience=patience)
    assert town.titles("you/stones") == ["initial commit"]


def test_a_bug_of_ours_is_not_blamed_on_the_hub(
    town: Town, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("a bug of ours")

    monkeypatch.setattr("splatelier.tools.publish.release.social_card", broken)
    with pytest.raises(ValueError, match="a bug of ours"):
        plan_deployment(workspace, town.you, "you/stones")


def test_what_merely_lies_in_the_site_folder_is_not_published(workspace: Workspace, tmp_path: Path) -> None:
    names = set(build_release(workspace).files)
    secret = tmp_path / "id_rsa"
    secret.write_text("-----BEGIN OPENSSH PRIVATE KEY-----")
    site = workspace.root / "site"
    (site / ".env").write_text("HF_TOKEN=hf_abcdefghijkl")
    (site / "notes.html").write_text("mine")
    (site / "key.txt").symlink_to(secret)
    (site / "home").symlink_to(tmp_path)
    page = site / "index.html"
    page.unlink()
    page.symlink_to(secret)
    release = build_release(workspace)
    assert set(release.files) == names
    assert all(b"PRIVATE KEY" not in _bytes(content) for content in release.files.values())


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def test_words_and_provenance_are_published_without_secrets(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "MY_API_KEY", "WINTERGREEN99")
    gallery = load_gallery(workspace)
    step = gallery.items[0].provenance[0]
    told = {"prompt": "a gate, with hf_abcdefghijklmnop", "key": {"deep": ["WINTERGREEN99"]}}
    gallery.items[0] = gallery.items[0].model_copy(
        update={
            "caption": "Made by sk-1234567890abcdefghij",
            "provenance": [step.model_copy(update={"url": "https://me:pw-of-mine@host.example/x", "arguments": told})],
        }
    )
    save_gallery(workspace, gallery)
    release = build_release(workspace)
    assert b"[secret]" in _bytes(release.files["gallery.json"])
    for path, content in release.files.items():
        for secret in (b"hf_abcdefghijklmnop", b"pw-of-mine", b"WINTERGREEN99", b"sk-1234567890"):
            assert secret not in _bytes(content), path


def test_a_gallery_goes_again_to_the_space_where_it_was_published_last(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    assert plan_deployment(workspace, town.you).space == "you/two-stones"
    deploy_gallery(workspace, town.you, "you/other-name", allowed=lambda _: True, patience=patience)
    assert plan_deployment(workspace, town.you).space == "you/other-name"
    assert plan_deployment(workspace, town.you, "third").space == "you/third"


def test_a_hub_of_this_computer_is_called_a_trial_when_asked_and_afterwards(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    questions: list[str] = []
    done = deploy_gallery(
        workspace, town.you, "you/stones", allowed=lambda asked: not questions.append(asked), patience=patience
    )
    assert "a trial on this computer, gone when you leave" in questions[0]
    assert done.summary()["where"] == "a trial on this computer, gone when you leave"
    assert not replace(done, url="https://huggingface.co/spaces/you/stones").trial
