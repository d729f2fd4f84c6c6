"""Serve a site on this machine: right types, ranges, nothing cached, and the page follows every new rendering."""

import functools
import hashlib
import mimetypes
import re
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from splatelier.tools.errors import SplatelierError

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".glb": "model/gltf-binary",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ksplat": "application/octet-stream",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

_RELOAD = "/.splatelier/reload.js"
_VERSION = "/.splatelier/version"
_POLL = 0.15
_SCRIPT = f"""\
const follow = async (version) => {{
  for (;;) {{
    try {{
      const answer = await fetch('{_VERSION}?' + version, {{ cache: 'no-store' }});
      const now = await answer.text();
      if (version && now !== version) return location.reload();
      version = now;
    }} catch {{
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }}
  }}
}};
follow(new URL(import.meta.url).search.slice(1));
"""
_WAIT = 20.0
_PATIENCE = 30.0
"""Seconds after which a client that sends only a part of its request is let go."""

_THIS_MACHINE = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")  # no file has an offset of more digits


class SiteServer:
    """Serves a folder on the loopback interface, from a thread of its own, until `close`."""

    def __init__(self, folder: Path, port: int = 0, live: bool = True) -> None:
        """Start. `port` 0 takes a free one; `live` makes pages reload when the folder is rendered again.

        Raises:
            SplatelierError: there is no site in the folder, or the port is taken.
        """
        folder = folder.resolve()
        if not (folder / "index.html").is_file():
            raise SplatelierError(f"There is no site in {folder}; render the gallery first.")
        handler = functools.partial(_Handler, directory=str(folder), live=live)
        try:
            self._server = _Server(("127.0.0.1", port), handler)
        except OSError as error:
            raise SplatelierError(f"Port {port} cannot be used ({error.strerror}); choose another or 0.") from error
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving; requests that wait for a new rendering are let go."""
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> "SiteServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(folder: Path, port: int = 0, live: bool = True) -> SiteServer:
    """Start serving a folder; close the server that this gives.

    Raises:
        SplatelierError: as `SiteServer`.
    """
    return SiteServer(folder, port, live)


def serve_until_stopped(folder: Path, port: int, browser: bool, say: Callable[[str], object]) -> None:
    """Serve until Ctrl-C.

    Raises:
        SplatelierError: as `SiteServer`.
    """
    with SiteServer(folder, port) as server:
        say(f"{server.url}  (Ctrl-C to stop)")
        if browser:
            webbrowser.open(server.url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("")


def version_of(folder: Path) -> str:
    """Changes when the page does; empty for the moment in which a new site takes the old one's place."""
    try:
        return _digest((folder / "index.html").read_bytes())
    except OSError:
        return ""


def _digest(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()[:16]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: Callable[..., "_Handler"]) -> None:
        self.closing = threading.Event()
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who leaves in the middle of an answer is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: _Server

    def __init__(self, *arguments: object, live: bool, directory: str) -> None:
        self.live = live
        self.left: int | None = None
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """As the parent; what no browser of this machine's asks ends here.

        A host name that somebody pointed at this machine, so that their page may read this one, is not its own.
        """
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or "\0" in unquote(self.path) or not self._range_is_sound():
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        if not _THIS_MACHINE.fullmatch(hosts[0]):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def _range_is_sound(self) -> bool:
        """Whether the range is one that can be sent, or one that may be ignored: of another unit, or several."""
        wanted = self.headers.get("Range", "")
        if not wanted.startswith("bytes=") or "," in wanted:
            return True
        numbers = _RANGE.fullmatch(wanted)
        if numbers is None or not any(numbers.groups()):
            return False
        first, last = numbers.groups()
        return not (first and last) or int(first) <= int(last)

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        if self.live and path == _RELOAD:
            self._send(_SCRIPT.encode(), TYPES[".js"])
        elif self.live and path == _VERSION:
            self._send(self._next_version().encode(), TYPES[".txt"])
        elif self.live and path in {"/", "/index.html"}:
            self._send_page()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def guess_type(self, path: object) -> str:
        suffix = Path(str(path)).suffix.lower()
        return TYPES.get(suffix) or mimetypes.guess_type(str(path))[0] or "application/octet-stream"

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal belongs to the person."""

    def send_head(self) -> BinaryIO | None:
        """As the parent, and one range of bytes where one is asked for (RFC 9110, section 14)."""
        self.left = None
        path = self._asked(self.path)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        wanted = _RANGE.fullmatch(self.headers.get("Range", ""))
        if not wanted:
            return super().send_head()
        size = path.stat().st_size
        first, last = wanted.groups()
        start = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
        if start >= size or start > end:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        file = path.open("rb")
        file.seek(start)
        self.left = end - start + 1
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {start}-{end}/{size}")
        self.send_header("Content-Length", str(self.left))
        self.end_headers()
        return file

    def _asked(self, url: str) -> Path | None:
        """The file that is asked for; None for what is not there, is a folder, or is a link out of the site."""
        path = Path(self.translate_path(url))
        try:
            path = path / "index.html" if path.is_dir() else path
            return path if path.is_file() and path.resolve().is_relative_to(self.directory) else None
        except OSError:
            return None  # a name that no file can have

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        left = self.left
        while chunk := source.read(65536 if left is None else min(65536, left)):
            outputfile.write(chunk)
            left = None if left is None else left - len(chunk)

    def _send_page(self) -> None:
        file = self._asked("/")
        try:
            page = file.read_bytes() if file else b""
        except OSError:
            page = b""
        if not page:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        # the script is told which page it stands in: a rendering that comes before it first asks is not missed
        script = f'<script type="module" src="{_RELOAD}?{_digest(page)}"></script>\n</body>'
        self._send(page.replace(b"</body>", script.encode()), TYPES[".html"])

    def _next_version(self) -> str:
        """The version, once it is not the one that the visitor has; the same after a while, so they ask again."""
        folder = Path(self.directory)
        known = self.path.partition("?")[2]
        until = time.monotonic() + _WAIT
        while time.monotonic() < until and not self.server.closing.is_set():
            version = version_of(folder)
            if version and version != known:
                return version
            self.server.closing.wait(_POLL)
        return known

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
