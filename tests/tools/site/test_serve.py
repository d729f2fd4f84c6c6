"""The server on this machine: types, ranges, nothing cached, and pages that follow every new rendering."""

import socket
import threading
import time
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from splatelier.tools.errors import SplatelierError
from splatelier.tools.site.serve import SiteServer, serve

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page and one file of every kind that a site has."""
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>one</title><body>first</body>")
    for name in ("a.js", "a.css", "a.ksplat", "a.ksplat.gz", "a.glb", "a.webp", "a.woff2", "a.wasm", "a.txt"):
        (folder / "assets" / name).write_bytes(bytes(range(100)))
    return folder


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_file_has_its_type_and_is_never_cached(site: Path) -> None:
    types = {
        "a.js": "text/javascript; charset=utf-8", "a.css": "text/css; charset=utf-8", "a.wasm": "application/wasm",
        "a.ksplat": "application/octet-stream", "a.ksplat.gz": "application/gzip", "a.glb": "model/gltf-binary",
        "a.webp": "image/webp", "a.woff2": "font/woff2", "a.txt": "text/plain; charset=utf-8",
    }  # fmt: skip
    with serve(site) as server:
        for name, kind in types.items():
            status, headers, body = get(f"{server.url}assets/{name}")
            assert (status, headers["Content-Type"], len(body)) == (200, kind, 100), name
            assert headers["Cache-Control"] == "no-store"
            assert headers["Content-Encoding"] is None, "the page unpacks its own splats"
        assert get(server.url)[1]["Content-Type"] == "text/html; charset=utf-8"
        assert get(f"{server.url}assets/")[0] == 404
        assert get(f"{server.url}nothing")[0] == 404
        assert get(f"{server.url}../{site.name}/index.html")[0] in {200, 404}
        assert get(f"{server.url}..%2f..%2fetc/passwd")[0] == 404


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-9", 0, 9), ("bytes=90-", 90, 99), ("bytes=-5", 95, 99), ("bytes=50-500", 50, 99)],
)
def test_a_range_of_bytes_is_sent_alone(site: Path, wanted: str, start: int, end: int) -> None:
    with serve(site) as server:
        status, headers, body = get(f"{server.url}assets/a.ksplat", Range=wanted)
    assert status == 206
    assert headers["Content-Range"] == f"bytes {start}-{end}/100"
    assert body == bytes(range(start, end + 1))


def test_a_range_past_the_end_is_refused_and_a_strange_one_ignored(site: Path) -> None:
    with serve(site) as server:
        status, headers, _ = get(f"{server.url}assets/a.ksplat", Range="bytes=100-")
        assert (status, headers["Content-Range"]) == (416, "bytes */100")
        assert get(f"{server.url}assets/a.ksplat", Range="pages=1-2")[0] == 200


def test_an_open_page_reloads_when_the_gallery_is_rendered_again(site: Path, chromium: Browser) -> None:
    with serve(site) as server:
        page = chromium.new_page()
        page.goto(server.url)
        assert page.title() == "one"
        aside = site.with_name("before")
        site.rename(aside)  # a new rendering takes the old one's place by renaming
        (fresh := site.with_name("fresh")).mkdir()
        (fresh / "index.html").write_text("<!doctype html><title>two</title><body>second</body>")
        fresh.rename(site)
        page.wait_for_function("document.title === 'two'", timeout=30_000)
        page.close()


def test_without_live_the_page_is_served_as_it_is(site: Path) -> None:
    with SiteServer(site, live=False) as server:
        assert get(server.url)[2] == (site / "index.html").read_bytes()
        assert get(f"{server.url}.splatelier/reload.js")[0] == 404


def test_closing_does_not_wait_for_a_page_that_waits(site: Path) -> None:
    server = serve(site)
    version = get(f"{server.url}.splatelier/version?")[2].decode()
    waiting = threading.Thread(target=get, args=(f"{server.url}.splatelier/version?{version}",))
    waiting.start()
    begun = time.monotonic()
    server.close()
    waiting.join(timeout=10)
    assert not waiting.is_alive()
    assert time.monotonic() - begun < 15, "less than the twenty seconds that the page would have waited"
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(server.url, timeout=5)


def test_a_folder_without_a_site_or_a_taken_port_is_said_in_a_sentence(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SplatelierError, match="There is no site in"):
        serve(tmp_path)
    with serve(site) as server:
        port = int(server.url.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(SplatelierError, match=f"Port {port} cannot be used"):
            serve(site, port)


def said(server: SiteServer, request: bytes) -> bytes:
    """What the server answers to these very bytes, until it closes."""
    port = int(server.url.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"Host: 127.0.0.1", b"200"),
        (b"Host: LocalHost:8000", b"200"),
        (b"Host: evil.example", b"421"),
        (b"Host: 127.0.0.1.evil.example", b"421"),
        (b"Host: localhost.evil.example:8000", b"421"),
        (b"X-Host: none", b"400"),
        (b"Host: localhost\r\nHost: evil.example", b"400"),
    ],
)
@pytest.mark.parametrize("path", [b"/", b"/assets/a.js", b"/.splatelier/version?"])
def test_only_this_machines_own_names_lead_to_the_site(site: Path, host: bytes, status: bytes, path: bytes) -> None:
    with serve(site) as server:
        answer = said(server, b"GET " + path + b" HTTP/1.1\r\n" + host + b"\r\nConnection: close\r\n\r\n")
    assert answer.split()[1] == status


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("bytes=-", 400),
        ("bytes=a-b", 400),
        ("bytes=9-5", 400),
        ("bytes=1--2", 400),
        (f"bytes={'9' * 5000}-", 400),
        ("bytes=-0", 416),
        ("bytes=0-1,5-6", 200),
    ],
)
def test_an_odd_range_is_the_askers_mistake(site: Path, wanted: str, status: int) -> None:
    with serve(site) as server:
        assert get(f"{server.url}assets/a.ksplat", Range=wanted)[0] == status


@pytest.mark.parametrize(
    ("path", "status"), [("assets/a.js%00.txt", 400), ("%00", 400), ("a" * 5000, 404), ("assets/a.js/x", 404)]
)
def test_a_name_that_no_file_can_have_is_answered(site: Path, path: str, status: int) -> None:
    with serve(site) as server:
        assert get(server.url + path)[0] == status
        assert get(f"{server.url}assets/a.js")[0] == 200


def test_no_link_leads_out_of_the_site(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "index.html").write_text("a key")
    (site / "key.txt").symlink_to(tmp_path / "secret" / "index.html")
    (site / "folder").symlink_to(tmp_path / "secret")
    (site / "inner").mkdir()
    (site / "inner" / "index.html").symlink_to(tmp_path / "secret" / "index.html")
    (site / "again.js").symlink_to(site / "assets" / "a.js")
    with serve(site) as server:
        for path in ("key.txt", "folder/index.html", "folder/", "inner/", "inner/index.html"):
            assert get(server.url + path)[0] == 404, path
            assert get(server.url + path, Range="bytes=0-3")[0] == 404, path
        assert get(f"{server.url}again.js")[0] == 200
        (site / "index.html").unlink()
        (site / "index.html").symlink_to(tmp_path / "secret" / "index.html")
        assert get(server.url)[0] == 503


def test_a_client_that_stops_in_the_middle_of_its_request_is_let_go(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("splatelier.tools.site.serve._Handler.timeout", 0.3)
    with serve(site) as server:
        port = int(server.url.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127")
            assert line.recv(1) == b"", "the server hung up"
