"""The token goes to the Hub and to https *.hf.space, and to nobody else; nobody is called whom nobody named."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.trust import Trust
from tests.tools.space_apps.faulty import Listener, Spaces, agents_md, answering
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.internet import Internet, online
from tests.tools.space_apps.serving import Bench, put_examples

pytestmark = pytest.mark.slow

TOKEN = "hf_plantedplantedplantedplantedplanted"
OWN = "https://someone-one.hf.space"


@pytest.fixture
def internet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    """The Hub, a Space and strangers, with a token in the environment and in the Hub's hands."""
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", TOKEN)
    spaces = Spaces(tmp_path)
    splat = spaces.file("good.ply", ply_bytes())
    spaces.add("one", lambda _: splat)

    async def space(scope: Any, receive: Any, send: Any) -> None:
        await spaces({**scope, "path": f"/one{scope['path']}"}, receive, send)

    async def hub(scope: Any, receive: Any, send: Any) -> None:
        name = scope["path"].removeprefix("/spaces/").removesuffix("/agents.md")
        address = f"https://{name.replace('/', '-')}.hf.space"
        known = scope["path"].endswith("agents.md")
        body, status = (agents_md(name, address), 200) if known else ("{}", 404)
        await answering(status, body)(scope, receive, send)

    net = Internet(spaces)
    net.hosts = {
        "huggingface.co": hub,
        "someone-one.hf.space": space,
        "evil.example": answering(200, ply_bytes().decode("latin-1")),
    }
    with online(spaces, net, tmp_path, monkeypatch):
        yield net


@pytest.fixture
def bench(internet: Internet, tmp_path: Path) -> Iterator[Bench]:
    del internet
    bench = Bench(tmp_path, "https://huggingface.co", token=TOKEN)
    put_examples(bench.workspace.root)
    yield bench
    bench.box.close()


def redirecting(space: Any, suffix: str, target: str) -> Any:
    """The same app, which sends whoever asks for a path with `suffix` in it to `target`."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and suffix in scope["path"]:
            await answering(302, "", {"location": target})(scope, receive, send)
        else:
            await space(scope, receive, send)

    return app


def test_the_hub_and_the_space_get_the_token_through_a_whole_call(bench: Bench, internet: Internet) -> None:
    bench.box.connect(["someone/one"])
    assert bench.tool("someone_one_reconstruct")("a.png")["splat"].endswith(".ply")
    assert internet.hosts_that_heard(TOKEN) == {"huggingface.co", "someone-one.hf.space"}


def test_a_download_that_is_redirected_takes_no_token_along(bench: Bench, internet: Internet) -> None:
    space = internet.hosts["someone-one.hf.space"]
    internet.hosts["someone-one.hf.space"] = redirecting(space, "/file=", "https://evil.example/good.ply")
    bench.box.connect(["someone/one"])
    assert bench.tool("someone_one_reconstruct")("a.png")["splat"].endswith(".ply")
    assert "evil.example" in {host for host, _, _ in internet.heard}
    assert "evil.example" not in internet.hosts_that_heard(TOKEN)


@pytest.mark.parametrize("host", ["huggingface.co", "other-space.hf.space"])
def test_a_result_on_the_hub_or_on_another_space_is_fetched_without_the_token(
    bench: Bench, internet: Internet, host: str
) -> None:
    """Else a Space could name a private file of the person's, and be handed its contents by the next step."""
    path = "/datasets/me/private/resolve/main/secret.ply"
    hub = internet.hosts["huggingface.co"]

    async def with_files(scope: Any, receive: Any, send: Any) -> None:
        await (answering(200, ply_bytes().decode("latin-1")) if scope["path"] == path else hub)(scope, receive, send)

    internet.hosts[host] = with_files
    space = internet.hosts["someone-one.hf.space"]
    internet.hosts["someone-one.hf.space"] = redirecting(space, "/file=", f"https://{host}{path}")
    bench.box.connect(["someone/one"])
    bench.tool("someone_one_reconstruct")("a.png")
    asked = [headers for name, where, headers in internet.heard if (name, where) == (host, path)]
    assert asked
    assert TOKEN not in str(asked)


@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/gradio_api/queue/join", "/gradio_api/upload"])
def test_no_other_request_takes_the_token_along_a_redirect(bench: Bench, internet: Internet, path: str) -> None:
    space = internet.hosts["someone-one.hf.space"]
    internet.hosts["someone-one.hf.space"] = redirecting(space, path, "https://evil.example/steal")
    with pytest.raises(SpaceError):
        connect_and_call(bench)
    assert "evil.example" not in internet.hosts_that_heard(TOKEN)


def connect_and_call(bench: Bench) -> None:
    bench.box.connect(["someone/one"])
    bench.tool("someone_one_reconstruct")("a.png")


def test_agents_md_that_is_redirected_takes_no_token_along(bench: Bench, internet: Internet) -> None:
    internet.hosts["huggingface.co"] = answering(307, "", {"location": "https://evil.example/agents.md"})
    with pytest.raises(SpaceError):
        bench.box.connect(["someone/one"])
    assert "evil.example" not in internet.hosts_that_heard(TOKEN)


@pytest.mark.parametrize(
    "prefix", ["https://evil.example/gradio_api", "//evil.example/gradio_api", "/../..//evil.example"]
)
def test_a_config_that_points_elsewhere_gets_nothing(bench: Bench, internet: Internet, prefix: str) -> None:
    config = f'{{"version": "6.0.0", "api_prefix": "{prefix}", "root": "https://evil.example", "dependencies": []}}'
    internet.hosts["someone-one.hf.space"] = answering(200, config)
    with pytest.raises(SpaceError):
        bench.box.connect(["someone/one"])
    assert "evil.example" not in {host for host, _, _ in internet.heard}


def test_a_config_whose_root_lies_changes_nothing(bench: Bench, internet: Internet) -> None:
    space = internet.hosts["someone-one.hf.space"]

    async def lying(scope: Any, receive: Any, send: Any) -> None:
        async def changed(message: Any) -> None:
            if message["type"] == "http.response.body":
                message = {
                    **message,
                    "body": message["body"].replace(b'"root":"https://someone-one.hf.space"', EVIL_ROOT),
                }
            await send(message)

        await space(scope, receive, changed if scope.get("path") == "/config" else send)

    internet.hosts["someone-one.hf.space"] = lying
    bench.box.connect(["someone/one"])
    assert bench.tool("someone_one_reconstruct")("a.png")["splat"].endswith(".ply")
    assert "evil.example" not in {host for host, _, _ in internet.heard}


EVIL_ROOT = b'"root":"https://evil.example/abcdefgh"'


@pytest.mark.parametrize("card", ["https://evil.example", "https://other-space.hf.space"])
def test_a_card_that_leads_to_another_host_gets_nothing(bench: Bench, internet: Internet, card: str) -> None:
    internet.hosts["huggingface.co"] = answering(200, agents_md("someone/one", card))
    with pytest.raises(SpaceError, match="own host"):
        bench.box.connect(["someone/one"])
    assert {host for host, _, _ in internet.heard} == {"huggingface.co"}


def test_a_server_that_was_named_by_its_address_gets_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with Listener() as server:
        bench = Bench(tmp_path, server.url, token=TOKEN)
        for name in (server.url, "someone/one"):
            with pytest.raises(SpaceError):
                bench.box.connect([name])
        with pytest.raises(SpaceError):
            bench.tool("find_spaces")("anything")
        assert len(server.heard) >= 3
        assert not [path for path, headers in server.heard if TOKEN in str(headers)]
        bench.box.close()


@pytest.mark.parametrize(
    ("url", "sees"),
    [
        ("https://huggingface.co/api", True),
        ("https://a-b.hf.space/x", True),
        ("http://a-b.hf.space/x", False),
        ("https://a-b.hf.space:8443/x", False),
        ("https://hf.space/x", False),
        ("https://a.hf.space.evil.example/x", False),
        ("https://evil-hf.space/x", False),
        ("https://a.hf.space@evil.example/x", False),
        ("http://huggingface.co/api", False),
        ("https://cdn.huggingface.co/api", False),
    ],
)
def test_who_may_see_the_token(url: str, sees: bool) -> None:
    trust = Trust(token=TOKEN)
    assert (TOKEN in str(trust.for_hub(url) | trust.for_space(url)(url))) is sees


@pytest.mark.parametrize(
    ("home", "url"),
    [
        (OWN, "https://huggingface.co/datasets/me/private/resolve/main/x.ply"),
        (OWN, "https://other-space.hf.space/x"),
        ("https://huggingface.co", "https://huggingface.co/api"),
        ("http://127.0.0.1:7860", "https://someone-one.hf.space/x"),
        ("https://my.space.example", "https://my.space.example/x"),
    ],
)
def test_what_a_space_leads_to_sees_no_token_unless_it_is_the_spaces_own_host(home: str, url: str) -> None:
    assert Trust(token=TOKEN).for_space(home)(url) == {}


def test_what_we_ask_of_the_hub_shows_the_token_to_no_space() -> None:
    assert Trust(token=TOKEN).for_hub(f"{OWN}/x") == {}


@pytest.mark.parametrize(
    "hub",
    [
        "http://127.0.0.1.evil.test",
        "http://localhost.evil.test:8000",
        "http://127.0.0.1@evil.test",
        "http://huggingface.co",
        "http://10.0.0.1:8000",
        "http://[::ffff:127.0.0.1]:8000",
        "http://0.0.0.0:8000",
    ],
)
def test_a_hub_to_which_the_token_would_travel_in_the_clear_is_refused(hub: str) -> None:
    with pytest.raises(SplatelierError, match="must begin with https"):
        Trust(hub, TOKEN)
    assert Trust(hub).publishing_token is None


@pytest.mark.parametrize("hub", ["http://127.0.0.1:8000", "http://127.8.9.1", "http://[::1]:8000", "http://localhost"])
def test_a_hub_on_this_machine_may_be_published_to(hub: str) -> None:
    assert Trust(hub, TOKEN).publishing_token == TOKEN


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:80/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://localhost/",
    ],
)
def test_private_addresses_are_for_those_who_were_named(url: str) -> None:
    trust = Trust()
    with pytest.raises(SpaceError, match="private address"):
        trust.check(url)
    trust.name(url)
    trust.check(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "//a.example", "http://", "http://a:b/"])
def test_only_web_addresses_are_called(url: str) -> None:
    with pytest.raises(SpaceError):
        Trust().check(url)


def test_a_file_that_a_space_names_on_a_private_address_is_not_fetched(tmp_path: Path) -> None:
    """A Space's answer may not make this machine ask its own network."""
    spaces = Spaces(tmp_path)
    splat = spaces.file("good.ply", ply_bytes())
    spaces.add("one", lambda _: splat)
    with Listener() as inside, spaces.serving():
        inside.answers["/secret.ply"] = (200, {}, ply_bytes())
        spaces.rules["one"] = renaming(splat, f"{inside.url}/secret.ply")
        bench = Bench(tmp_path / "bench", "https://huggingface.co")
        put_examples(bench.workspace.root)
        bench.box.connect([f"{spaces.url}/one"])
        with pytest.raises(SpaceError, match="private address") as caught:
            bench.tool("one_reconstruct")("a.png")
        assert caught.value.kind == "refused"
        assert inside.heard == []
        bench.box.hub.trust.name(inside.url)
        assert bench.tool("one_reconstruct")("a.png")["splat"].endswith(".ply")
        bench.box.close()


def renaming(path: str, address: str) -> Any:
    """A rule: results name `address` where the server would name its own file."""

    def rule(app: Any, where: str) -> Any:
        if not where.endswith("/queue/data"):
            return app

        async def changed(scope: Any, receive: Any, send: Any) -> None:
            async def renamed(message: Any) -> None:
                body = message.get("body", b"")
                if b"process_completed" in body:
                    name = Path(path).name.encode()
                    before = body.split(name)[0].rsplit(b'"', 1)[1]
                    message = {**message, "body": body.replace(before + name, address.encode(), 1)}
                await send(message)

            await app(scope, receive, renamed)

        return changed

    return rule
