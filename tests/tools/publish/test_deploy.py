"""Publishing through the real huggingface_hub client: what is sent, what stays, what is said."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, SpaceCard
from PIL import Image

from splatelier.spaces.pocket_hub import Limits
from splatelier.tools.gallery.manifest import load_gallery, save_gallery
from splatelier.tools.progress import Update
from splatelier.tools.publish.deploy import Publisher, deploy_gallery
from splatelier.tools.publish.errors import DeployError
from splatelier.tools.publish.live import Patience
from splatelier.tools.publish.plan import plan_deployment
from splatelier.tools.toolset.publish import DeploySite
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Town = Any


def yes(_: str) -> bool:
    return True


def publish(workspace: Workspace, api: HfApi, patience: Patience, space: str = "you/stones", **more: Any) -> Any:
    return deploy_gallery(workspace, api, space, allowed=yes, patience=patience, **more)


def test_a_gallery_becomes_a_static_space_in_one_commit(town: Town, workspace: Workspace, patience: Patience) -> None:
    done = publish(workspace, town.you, patience)
    assert (done.space, done.message) == ("you/stones", "Publish Two Stones: 2 pieces")
    assert town.titles("you/stones") == ["Publish Two Stones: 2 pieces", "initial commit"]
    info = town.you.space_info("you/stones")
    assert (info.sdk, info.private, info.runtime.stage) == ("static", False, "RUNNING")
    assert done.commit == info.sha
    page = httpx2.get(done.page + "/index.html")
    assert page.headers["content-type"].startswith("text/html")
    assert "Two Stones" in page.text
    assert set(done.sent) - {"style.css"} == set(town.files("you/stones")) - {".gitattributes", "style.css"}


def test_every_file_of_the_page_is_served_with_the_type_that_browsers_want(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    done = publish(workspace, town.you, patience)
    wanted = {
        ".js": "text/javascript",
        ".css": "text/css",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".html": "text/html",
        ".jpg": "image/jpeg",
        ".json": "application/json",
    }
    for path in done.sent:
        answer = httpx2.get(f"{done.page}/{path}")
        assert answer.status_code == 200
        if (suffix := Path(path).suffix) in wanted:
            assert answer.headers["content-type"].split(";")[0] == wanted[suffix], path
    model = next(path for path in done.sent if "/splat-" in path)
    part = httpx2.get(f"{done.page}/{model}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, len(part.content)) == (206, 10)
    assert httpx2.get(f"{done.page}/nothing").status_code == 404


def test_the_card_is_valid_by_the_librarys_own_checks(
    town: Town, workspace: Workspace, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(workspace, town.you, patience)
    readme = town.you.hf_hub_download("you/stones", "README.md", repo_type="space")
    card = SpaceCard.load(readme)
    assert card.data.to_dict() == {
        "title": "Two Stones",
        "emoji": "🏛️",
        "colorFrom": "gray",
        "colorTo": "yellow",
        "sdk": "static",
        "app_file": "index.html",
        "pinned": False,
        "short_description": "A gate and an obelisk",
        "thumbnail": f"{town.endpoint}/spaces/you/stones/resolve/main/social-card.jpg",
        "license": "apache-2.0",
        "tags": ["gaussian-splatting", "3d", "splatelier", "gallery", "space:splatelier/elevation-painter"],
    }
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", town.endpoint)
    card.validate()
    with pytest.raises(ValueError, match="short_description"):
        SpaceCard("---\nsdk: static\nshort_description: " + "long " * 20 + "\n---\n").validate()


def test_the_card_says_how_each_piece_was_made_and_lets_no_markup_through(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    gallery = load_gallery(workspace)
    gallery.items[0].title = "Gate | <img src=x onerror=alert(1)> [here](http://evil.example)"
    gallery.title = "# `Two`\nStones"
    save_gallery(workspace, gallery)
    publish(workspace, town.you, patience)
    text = SpaceCard.load(town.you.hf_hub_download("you/stones", "README.md", repo_type="space")).text
    assert "\n# \\# \\`Two\\` Stones\n" in text
    assert "Gate \\| &lt;img src=x onerror=alert(1)&gt; \\[here\\](http://evil.example)" in text
    assert "splatelier/elevation-painter: “a gate \\| on black &lt;b&gt;” (seed 7)" in text
    assert "![" in text
    assert "<img" not in text


def test_the_link_preview_is_a_picture_of_the_gallery(town: Town, workspace: Workspace, patience: Patience) -> None:
    done = publish(workspace, town.you, patience)
    page = httpx2.get(done.page + "/index.html").text
    assert f'<meta property="og:image" content="{done.page}/social-card.jpg">' in page
    assert page.count("og:image:width") == page.count('"og:url"') == page.count("twitter:card") == 1
    assert page.count('"og:image"') == 1
    with Image.open(BytesIO(httpx2.get(done.page + "/social-card.jpg").content)) as card:
        assert card.size == (1200, 630)
        assert card.convert("L").point(lambda value: 255 * (value > 60)).getbbox() is not None


def test_a_second_deploy_sends_only_what_changed(town: Town, workspace: Workspace, patience: Patience) -> None:
    first = publish(workspace, town.you, patience)
    gallery = load_gallery(workspace)
    gallery.settings.zoom = 0.7
    save_gallery(workspace, gallery)
    second = publish(workspace, town.you, patience)
    (old_style,) = second.deleted  # style sheets are named by their contents
    new_style = next(path for path in second.sent if path.endswith(".css"))
    assert set(second.sent) == {"index.html", "gallery.json", "published.json", new_style}
    assert second.unchanged == len(first.sent) - 4
    assert second.message == "Restyle (zoom)"
    assert second.bytes < first.bytes / 10
    commit = town.you.list_repo_commits("you/stones", repo_type="space")[0]
    assert commit.message.splitlines() == [*(f"+ {path}" for path in sorted(second.sent)), f"- {old_style}"]


def test_nothing_new_means_no_commit(town: Town, workspace: Workspace, patience: Patience) -> None:
    publish(workspace, town.you, patience)
    again = publish(workspace, town.you, patience)
    assert (again.sent, again.deleted, again.commit, again.message) == ((), (), None, "")
    assert len(town.titles("you/stones")) == 2


def test_what_left_the_gallery_leaves_the_space_and_strangers_files_stay(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    publish(workspace, town.you, patience)
    town.you.upload_file(
        path_or_fileobj=b"mine", path_in_repo="assets/notes.txt", repo_id="you/stones", repo_type="space"
    )
    gallery = load_gallery(workspace)
    del gallery.items[1]
    save_gallery(workspace, gallery)
    done = publish(workspace, town.you, patience)
    left = set(town.files("you/stones"))
    assert done.deleted
    assert all(path.startswith("assets/obelisk/") for path in done.deleted)
    assert not [path for path in left if "obelisk" in path]
    assert {"assets/notes.txt", "style.css", ".gitattributes"} <= left
    assert done.message == "Remove Obelisk"


def test_the_commit_says_what_changed(town: Town, workspace: Workspace, patience: Patience) -> None:
    publish(workspace, town.you, patience)
    gallery = load_gallery(workspace)
    del gallery.items[1]
    gallery.items[0] = gallery.items[0].model_copy(update={"slug": "arch", "title": "Arch"})
    save_gallery(workspace, gallery)
    assert plan_deployment(workspace, town.you, "you/stones").message == "Add Arch; remove Gate, Obelisk"


def test_a_dry_run_tells_everything_and_does_nothing(town: Town, workspace: Workspace) -> None:
    plan = plan_deployment(workspace, town.you, "you/stones", private=True)
    assert "index.html" in plan.sent
    assert (plan.head, plan.private, plan.message) == (None, True, "Publish Two Stones: 2 pieces")
    assert town.files("you/stones") is None


def test_a_space_without_a_name_is_named_after_the_gallery(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    assert publish(workspace, town.you, patience, space="").space == "you/two-stones"
    assert publish(workspace, town.you, patience, space="pebbles").space == "you/pebbles"


def test_a_private_space_is_for_its_owner_alone(town: Town, workspace: Workspace, patience: Patience) -> None:
    done = publish(workspace, town.you, patience, private=True)
    assert done.private
    assert town.you.space_info("you/stones").private
    assert httpx2.get(done.page + "/index.html").status_code in (401, 404)
    assert not town.other.repo_exists("you/stones", repo_type="space")


def test_it_waits_while_the_space_is_building(
    settle_town: Callable[..., Town], workspace: Workspace, patience: Patience
) -> None:
    town = settle_town(Limits(build_seconds=0.4))
    seen: list[Update] = []
    done = publish(workspace, town.you, patience, progress=seen.append)
    assert "building" in [update.detail for update in seen]
    assert {update.key: update.state for update in seen} == {"deploy": "done", "live": "done"}
    assert httpx2.get(done.page + "/index.html").status_code == 200


def test_large_and_binary_files_go_by_large_file_storage(town: Town, workspace: Workspace, patience: Patience) -> None:
    publish(workspace, town.you, patience)
    tree = town.you.list_repo_tree("you/stones", repo_type="space", recursive=True)
    ways = {entry.path: entry.lfs is not None for entry in tree if hasattr(entry, "lfs")}
    assert ways["social-card.jpg"]
    assert ways["assets/gate/source.png"]
    assert not ways["index.html"]
    assert not ways["README.md"]


def test_the_manifest_is_beside_the_page_and_names_only_what_is_published(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    done = publish(workspace, town.you, patience)
    manifest = httpx2.get(done.page + "/gallery.json").json()
    published = httpx2.get(done.page + "/published.json").json()
    files = set(town.files("you/stones"))
    assert [item["source"] for item in manifest["items"]] == [None, None]
    for item in manifest["items"]:
        assert {published["assets"][item[role]] for role in ("image", "model", "poster")} <= files
    assert set(published["files"]) <= files
    assert not [path for path in files if path.endswith(".ply")]


def test_the_tool_publishes_when_the_person_says_yes(town: Town, workspace: Workspace) -> None:
    asked: list[str] = []

    def allow(question: str) -> bool:
        asked.append(question)
        return True

    done = DeploySite(Publisher(workspace, town.you, allow))(space_id="stones", private=None)
    trial = "(This is a trial on this computer, gone when you leave.)"
    assert asked == [f"Publish “Two Stones” as the Space you/stones, for everybody to see? {trial}"]
    assert done["space"] == "you/stones"
    assert set(done) == set(DeploySite.output_schema["properties"])
    assert json.dumps(done)


def test_the_tool_raises_when_the_person_says_no_and_nothing_is_created(town: Town, workspace: Workspace) -> None:
    with pytest.raises(DeployError, match="not allowed"):
        DeploySite(Publisher(workspace, town.you, lambda _: False))(space_id="you/stones")
    assert town.files("you/stones") is None


def test_a_space_that_already_exists_and_is_still_empty_is_used(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    town.you.create_repo("you/stones", repo_type="space", space_sdk="static")
    publish(workspace, town.you, patience)
    assert "published.json" in town.files("you/stones")


def test_files_deleted_by_hand_on_the_hub_are_sent_again(town: Town, workspace: Workspace, patience: Patience) -> None:
    publish(workspace, town.you, patience)
    town.you.create_commit(
        "you/stones",
        [CommitOperationDelete("social-card.jpg"), CommitOperationAdd("gallery.json", b"{}")],
        commit_message="Oops",
        repo_type="space",
    )
    done = publish(workspace, town.you, patience)
    assert set(done.sent) == {"social-card.jpg", "gallery.json"}


def test_what_its_owner_changed_in_the_card_on_the_hub_stays(
    town: Town, workspace: Workspace, patience: Patience
) -> None:
    publish(workspace, town.you, patience)
    card = SpaceCard.load(town.you.hf_hub_download("you/stones", "README.md", repo_type="space"))
    card.data["license"], card.data["emoji"], card.data["pinned"] = "cc-by-4.0", "🗿", True
    town.you.create_commit(
        "you/stones",
        [CommitOperationAdd("README.md", str(card).encode())],
        commit_message="My taste",
        repo_type="space",
    )
    gallery = load_gallery(workspace)
    gallery.title = "Stones"
    save_gallery(workspace, gallery)
    for _ in range(2):
        publish(workspace, town.you, patience)
        card = SpaceCard.load(town.you.hf_hub_download("you/stones", "README.md", repo_type="space"))
        assert (card.data.title, card.data.license, card.data["emoji"]) == ("Stones", "cc-by-4.0", "🗿")
        assert card.data["pinned"] is True
