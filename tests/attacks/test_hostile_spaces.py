"""Spaces that attack whoever calls them: with bombs, knots, floods, silence, and words for the terminal."""

import contextlib
import gzip
import io
import json
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from splatelier.agent.cli.display import Display
from splatelier.tools.spaces.config import read_config, read_json
from splatelier.tools.spaces.errors import SpaceError, clean_text
from splatelier.tools.spaces.schema import read_endpoints
from splatelier.tools.spaces.wire.events import events
from splatelier.tools.toolset.endpoint import describe_input
from tests.conftest import Splatelier
from tests.tools.space_apps.faulty import Asgi, Listener, Spaces, only_on
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.serving import QUICK, Bench, put_examples

pytestmark = pytest.mark.slow

MB = 1 << 20
ZEROS = bytes(256 * MB)
ENOUGH = 100 * MB  # of memory, to read any answer that is believed


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 1)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "brotli": ("br", lambda: brotli.compress(ZEROS, quality=3)),
    "gzip twice": ("gzip, gzip", lambda: gzipped(gzipped(ZEROS))),
    "deflate": ("deflate", lambda: zlib.compress(ZEROS, 1)),
}


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spaces]:
    house = Spaces(tmp_path_factory.mktemp("served"))
    splat = house.file("good.ply", ply_bytes())
    for name in ("good", "bad"):
        house.add(name, lambda _: splat)
    with house.serving():
        yield house


@pytest.fixture
def bench(spaces: Spaces, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path, limits=replace(QUICK, attempts=1, connect_attempts=1, max_bytes=4_000_000))
    put_examples(bench.workspace.root)
    yield bench
    spaces.rules.clear()
    bench.box.close()


def sending(body: bytes, **headers: str) -> Asgi:
    """An ASGI app that always sends these bytes."""

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        named = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": named})
        await send({"type": "http.response.body", "body": body})

    return app


def call(bench: Bench, url: str) -> dict[str, Any]:
    bench.box.connect([url])
    result: dict[str, Any] = bench.tool("bad_reconstruct")("a.png")
    return result


def peak_of(action: Callable[[], Any]) -> int:
    """The most memory in bytes that Python had at once for what `action` made."""
    tracemalloc.start()
    try:
        action()
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize(
    "where", ["/config", "/info", "/upload", "/queue/join", "/queue/data", "good.ply"], ids=lambda path: path.strip("/")
)
def test_an_answer_that_is_packed_as_nobody_asked_is_refused_without_being_unpacked(
    bench: Bench, spaces: Spaces, where: str, bomb: str
) -> None:
    encoding, pack = BOMBS[bomb]
    spaces.rules["bad"] = only_on(where, sending(pack(), content_encoding=encoding))

    def attack() -> None:
        with pytest.raises(SpaceError) as caught:
            call(bench, f"{spaces.url}/bad")
        assert caught.value.kind in ("malformed", "unreachable")

    assert peak_of(attack) < ENOUGH
    assert bench.leftovers() == []


@pytest.mark.parametrize(("where", "says"), [("/config", "more than 16 MB"), ("good.ply", "over the limit of 4 MB")])
def test_gzip_is_unpacked_up_to_the_limit_only(bench: Bench, spaces: Spaces, where: str, says: str) -> None:
    spaces.rules["bad"] = only_on(where, sending(gzipped(ZEROS), content_encoding="gzip"))

    def attack() -> None:
        with pytest.raises(SpaceError, match=says):
            call(bench, f"{spaces.url}/bad")

    assert peak_of(attack) < ENOUGH


def test_a_file_that_is_honestly_packed_with_gzip_arrives(bench: Bench, spaces: Spaces) -> None:
    spaces.rules["bad"] = only_on("good.ply", sending(gzipped(ply_bytes(50_000)), content_encoding="gzip"))
    splat = call(bench, f"{spaces.url}/bad")["splat"]
    assert (bench.workspace.root / splat).read_bytes() == ply_bytes(50_000)


def test_a_gzip_stream_that_is_cut_short_is_malformed(bench: Bench, spaces: Spaces) -> None:
    short = gzipped(ply_bytes(50_000))[:-20]
    spaces.rules["bad"] = only_on("good.ply", sending(short, content_encoding="gzip"))
    with pytest.raises(SpaceError, match="cut short") as caught:
        call(bench, f"{spaces.url}/bad")
    assert caught.value.kind == "malformed"


@pytest.mark.timeout(120)
def test_an_event_in_a_hundred_thousand_pieces_is_read_in_linear_time() -> None:
    """Looking at everything again with every piece would move half a terabyte."""
    piece = bytes(96) + b"\n"
    read = list(events([b"data:", *[piece] * 100_000, b"\n", b"data:2\n\n"]))
    assert [len(event) for event in read] == [5 + 97 * 100_000 - 1, 6]


def test_an_event_without_end_ends_the_call_and_not_the_memory(bench: Bench, spaces: Spaces) -> None:
    async def endless(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        await send({"type": "http.response.body", "body": b"data:", "more_body": True})
        for _ in range(300):
            await send({"type": "http.response.body", "body": b"x" * MB, "more_body": True})

    spaces.rules["bad"] = only_on("/queue/data", endless)

    def attack() -> None:
        with pytest.raises(SpaceError):
            call(bench, f"{spaces.url}/bad")

    assert peak_of(attack) < ENOUGH


DEEP = "[" * 200_000 + "]" * 200_000
KNOT = {f"D{i}": {"anyOf": [{"$ref": f"#/$defs/D{j}"} for j in range(12)]} for i in range(12)}
KNOTTED = {"$ref": "#/$defs/D0", "$defs": KNOT}


def app_of(**changes: Any) -> dict[str, Any]:
    """A small app's config."""
    parts = [{"id": 1, "type": "image", "props": {}}, {"id": 2, "type": "model3d", "props": {}}]
    function = {"id": 0, "api_name": "reconstruct", "inputs": [1], "outputs": [2]}
    described = {"version": "6.0.0", "protocol": "sse_v3", "api_prefix": "/gradio_api", "connect_heartbeat": False}
    return {**described, "components": parts, "dependencies": [function], **changes}


def info_of(schema: Any = None, **changes: Any) -> dict[str, Any]:
    """The same app's info; `schema` is the type of its one parameter and of its one return."""
    parameter = {"parameter_name": "image", "label": "Image", "component": "Image", "type": schema or {}, **changes}
    returned = {"label": "Splat", "component": "Model3d", "type": schema or {}}
    endpoint = {"parameters": [parameter], "returns": [returned]}
    return {"named_endpoints": {"/reconstruct": endpoint}, "unnamed_endpoints": {}}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("where", ["/info", "/config"])
def test_definitions_that_refer_to_one_another_do_not_hold_anybody_up(bench: Bench, spaces: Spaces, where: str) -> None:
    part = {"id": 1, "type": "image", "props": {}, "api_info": KNOTTED}
    config = app_of(components=[part, {**part, "id": 2}]) if where == "/config" else app_of()
    info = info_of(KNOTTED)
    assert len(json.dumps(info)) < 16_000
    spaces.rules["bad"] = lambda app, path: (
        sending(json.dumps(config).encode())
        if path.endswith("/config")
        else sending(json.dumps(info).encode())
        if path.endswith("/info")
        else app
    )
    bench.box.connect([f"{spaces.url}/bad", f"{spaces.url}/good"])
    tool = bench.tool("bad_reconstruct")
    assert tool.to_code_prompt()
    with pytest.raises(SpaceError):  # what the real server behind it makes of such a call
        tool({"image": ["a.png", {"a": "b"}]}, _timeout=2)
    assert bench.tool("good_reconstruct")("a.png")["splat"].endswith(".ply")


MALFORMED = {
    "nested too deep": DEEP,
    "an object nested too deep": '{"dependencies": ' + DEEP + "}",
    "101 deep": '{"dependencies": ' + "[" * 101 + "]" * 101 + "}",
    "too many parts": json.dumps({"named_endpoints": {}, "dependencies": [[]] * 1_000_001}),
    "a number": "1",
    "a number that is too long": "9" * 10_000,
    "null": "null",
    "no JSON": "<html>",
    "numbers for objects": '{"dependencies": 1, "components": 2, "named_endpoints": 3}',
    "too many functions": json.dumps(
        {"dependencies": [{}] * 5000, "named_endpoints": {str(i): {} for i in range(5000)}}
    ),
    "a path for the API that is no path": json.dumps(app_of(api_prefix="http://[") | {"named_endpoints": []}),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("where", ["/config", "/info"])
def test_a_malformed_space_is_malformed_and_the_others_work(
    bench: Bench, spaces: Spaces, where: str, text: str
) -> None:
    spaces.rules["bad"] = only_on(where, sending(text.encode()))
    assert bench.box.connect([f"{spaces.url}/bad", f"{spaces.url}/good"]) == [f"{spaces.url}/good"]
    assert [error.kind for error in bench.box.problems] == ["malformed"]
    assert bench.tool("good_reconstruct")("a.png")["splat"].endswith(".ply")


ODD = [None, 1, -1e308, 10**400, True, "", "\x1b", [], [[]], [{}], {}, {"a": []}]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_an_odd_value_in_any_place_of_a_description_breaks_nothing(odd: Any) -> None:
    """Each place of the config and of the info in turn; what becomes of it is an endpoint or a SpaceError."""
    schema = {"type": "string", "enum": ["a"], "anyOf": [{"type": "string"}], "properties": {"path": {}}, "$defs": {}}
    props = {"choices": [["a", "b"]], "minimum": 0, "maximum": 1}
    config = app_of()
    config["components"][0] |= {"props": props, "skip_api": False}
    config["dependencies"][0] |= {"concurrency_limit": 1, "cancels": [0], "connection": "sse"}
    info = info_of(schema, parameter_has_default=True, parameter_default={"path": "a"})
    for changed in variations(config, odd):
        assert survey(changed, info) in ("", "malformed")
    for changed in variations(info, odd):
        assert survey(config, changed) in ("", "malformed")


def variations(value: Any, odd: Any) -> Iterator[Any]:
    """The value with `odd` in the place of each of its parts, one after the other."""
    yield odd
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in pairs:
        for changed in variations(entry, odd):
            copy = value.copy()
            copy[key] = changed
            yield copy


def survey(config: Any, info: Any) -> str:
    """Read a Space as connecting it does, and describe its tools; the kind of the SpaceError that came of it, or ""."""
    try:
        read = read_config(read_json(json.dumps(config), "bad"), "bad")
        assert json.dumps(read.plain())
        found = read_endpoints(read_json(json.dumps(info), "bad"), read, "bad")
    except SpaceError as error:
        return error.kind
    for endpoint in found:
        assert all(describe_input(parameter)["description"] for parameter in endpoint.parameters)
    return ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "id type props skip_api api_name inputs outputs choices minimum $ref $defs anyOf enum items properties "
                "parameters returns label component parameter_name parameter_default parameter_has_default".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=40,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(components=JSON, dependencies=JSON, endpoints=JSON, schema=JSON)
def test_whatever_a_description_holds_only_a_space_error_comes_of_it(
    components: Any, dependencies: Any, endpoints: Any, schema: Any
) -> None:
    assert survey(app_of(components=components, dependencies=dependencies), {"named_endpoints": endpoints}) in (
        "",
        "malformed",
    )
    assert survey(app_of(components=components), info_of(schema, parameter_default=endpoints)) in ("", "malformed")
    assert survey(
        app_of(dependencies=dependencies), {"named_endpoints": {"/reconstruct": endpoints, "/odd": schema}}
    ) in ("", "malformed")


@contextmanager
def trickling(slow: str) -> Iterator[str]:
    """A server that never stops answering: a byte now and then, so that no pause is long enough to be noticed."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def answer(client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            client.recv(65536)
            client.sendall(b"HTTP/1.1 200 OK\r\n" + (b"" if slow == "headers" else b"content-length: 99999\r\n\r\n"))
            while not over.wait(0.05):
                client.sendall(b"x")

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("slow", ["headers", "body"])
def test_a_server_that_answers_a_letter_at_a_time_is_given_up_and_the_others_work(
    spaces: Spaces, tmp_path: Path, slow: str
) -> None:
    bench = Bench(tmp_path, limits=replace(QUICK, connect_seconds=1.5))
    put_examples(bench.workspace.root)
    with trickling(slow) as url:
        assert bench.box.connect([url, f"{spaces.url}/good"]) == [f"{spaces.url}/good"]
    assert [error.kind for error in bench.box.problems] == ["timeout"]
    assert bench.tool("good_reconstruct")("a.png")["splat"].endswith(".ply")
    bench.box.close()


def test_words_of_a_stranger_cannot_move_the_terminals_cursor_or_turn_its_lines_round(
    bench: Bench, spaces: Spaces
) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b1A\r\u202eevil\u2066"
    config = app_of(dependencies=[{"id": 0, "api_name": f"go{evil}", "inputs": [1], "outputs": [2]}])
    info = {"named_endpoints": {f"/go{evil}": info_of(label=evil)["named_endpoints"]["/reconstruct"]}}
    spaces.rules["bad"] = lambda app, path: (
        sending(json.dumps(config).encode())
        if path.endswith("/config")
        else sending(json.dumps(info).encode())
        if path.endswith("/info")
        else app
    )
    bench.box.connect([f"{spaces.url}/bad"])
    tool = next(tool for tool in bench.box.tools() if "_go" in tool.name)
    with pytest.raises(SpaceError) as caught:
        tool("a.png")
    with pytest.raises(SpaceError) as refused:
        tool()
    shown = [str(caught.value), str(refused.value), *[f"{update.label}{update.detail}" for update in bench.updates]]
    assert any("evil" in text for text in shown)
    terminal = io.StringIO()
    display = Display(Console(file=terminal, force_terminal=False, width=200))
    for update in bench.updates:
        display.progress(update)
    display.error(str(caught.value))
    display.say(f"Publish to {evil}?")
    for text in [*shown, tool.description, terminal.getvalue()]:
        assert not [character for character in text if character in "\x1b\x07\x9b\r\u202e\u2066"], repr(text)


@pytest.mark.timeout(60)
def test_markup_that_opens_a_million_times_is_cleaned_in_no_time() -> None:
    assert clean_text("<script" * 1_000_000, 100)


CHAINED = "http://127.0.0.1.evil.test"


@pytest.mark.parametrize("command", [["deploy", "gallery", "--yes"], ["build a gallery", "--model", "x"]])
def test_a_hub_in_the_clear_hears_nothing_of_the_token(
    splatelier: Splatelier, tmp_path: Path, command: list[str]
) -> None:
    """Every request of the command would go through the proxy, which answers, and remembers what it heard."""
    (tmp_path / "gallery").mkdir()
    (tmp_path / "gallery" / "gallery.json").write_text(json.dumps({"title": "Stones", "items": []}))
    token = "hf_" + "canary" * 6
    with Listener() as proxy:
        hub = {"HF_ENDPOINT": CHAINED, "HF_TOKEN": token, "HTTP_PROXY": proxy.url, "http_proxy": proxy.url}
        done = splatelier(*command, cwd=tmp_path, NO_PROXY="", no_proxy="", **hub)
    assert done.returncode != 0
    assert f"The token is not sent to {CHAINED}: HF_ENDPOINT must begin with https." in done.stdout + done.stderr
    assert not [path for path, headers in proxy.heard if token in str(headers)]
