"""Spaces that fail, each in its own way, all served by one process, and a small Hub to find them on."""

import json
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
import uvicorn
from fastapi import FastAPI

from tests.tools.space_apps.serving import patient

Behaviour = Callable[[str], Any]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]


class Spaces:
    """Gradio apps by name, mounted on one real server; each has the endpoint `/reconstruct`, picture to splat.

    Attributes:
        calls: how often each app's function ran.
        rules: by app, what the server does instead of answering: gets the ASGI app and gives another.
        url: the server's address; an app is at url/name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        self.rules: dict[str, Callable[[Asgi, str], Asgi]] = {}
        self.server = FastAPI()
        self.url = ""
        self.port = 0

    def add(self, name: str, behave: Behaviour, postprocess: bool = True, at_once: int = 4, **queue: Any) -> None:
        """An app whose function is `behave`, which gets the picture's path and gives the splat's."""

        def reconstruct(image: str) -> Any:
            self.calls[name] += 1
            return behave(image)

        with gr.Blocks() as demo:
            picture = gr.Image(type="filepath", label="Image")
            gr.Button().click(
                reconstruct,
                picture,
                gr.Model3D(label="Splat"),
                api_name="reconstruct",
                postprocess=postprocess,
                concurrency_limit=at_once,
            )
        demo.queue(**queue)
        allowed = [str(self.folder)]
        gr.mount_gradio_app(
            self.server, patient(demo), path=f"/{name}", allowed_paths=allowed, show_error=name != "silent"
        )

    def add_painter(self, name: str, behave: Behaviour) -> None:
        """An app with the endpoint `/paint`, prompt and seed to picture; `behave` gets the prompt."""

        def paint(prompt: str, seed: float) -> Any:  # noqa: ARG001
            self.calls[name] += 1
            return behave(prompt)

        with gr.Blocks() as demo:
            asked = [gr.Textbox(label="Prompt"), gr.Number(0, label="Seed", precision=0)]
            gr.Button().click(
                paint, asked, gr.Image(label="Picture", format="png"), api_name="paint", concurrency_limit=4
            )
        gr.mount_gradio_app(self.server, patient(demo), path=f"/{name}", allowed_paths=[str(self.folder)])

    def file(self, name: str, content: bytes) -> str:
        """A file that an app may send."""
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        self.requests[path] += 1
        rule = self.rules.get(path.strip("/").split("/")[0])
        await (rule(self.server, path) if rule else self.server)(scope, receive, send)

    @contextmanager
    def serving(self, app: Asgi | None = None, **settings: Any) -> Iterator["Spaces"]:
        """Serve the apps, or `app` in their place, on a free port of loopback."""
        config = uvicorn.Config(app or self, host="127.0.0.1", port=0, log_level="critical", lifespan="on", **settings)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        self.port = int(server.servers[0].sockets[0].getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        try:
            yield self
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)


def answering(status: int, body: str, headers: dict[str, str] | None = None) -> Asgi:
    """An ASGI app that always gives the same answer."""

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        sent = [(key.encode(), value.encode()) for key, value in (headers or {}).items()]
        await send({"type": "http.response.start", "status": status, "headers": sent})
        await send({"type": "http.response.body", "body": body.encode()})

    return app


def only_on(suffix: str, other: Asgi, times: float = float("inf")) -> Callable[[Asgi, str], Asgi]:
    """A rule: paths that end so are answered by `other`, the first `times` times."""
    seen = Counter[str]()

    def rule(app: Asgi, path: str) -> Asgi:
        if not path.endswith(suffix):
            return app
        seen[suffix] += 1
        return other if seen[suffix] <= times else app

    return rule


def cutting(mark: bytes) -> Callable[[Asgi, str], Asgi]:
    """A rule: the stream of results is cut off as soon as `mark` was in it."""

    def rule(app: Asgi, path: str) -> Asgi:
        if not path.endswith("/queue/data"):
            return app

        async def cut(scope: Any, receive: Any, send: Any) -> None:
            async def watched(message: Any) -> None:
                await send(message)
                if mark in message.get("body", b""):
                    raise ConnectionAbortedError

            await app(scope, receive, watched)

        return cut

    return rule


class Listener:
    """A real HTTP server that answers from a table, and remembers every request with its headers.

    Attributes:
        answers: path -> (status, headers, body); a callable body is asked for one each time.
        heard: (path, headers) of every request.
    """

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], Any]] = {}
        self.heard: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                self.rfile.read(length)
                path = urlsplit(self.path).path
                outer.heard.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                status, headers, body = outer.answers.get(path, (404, {}, "nothing here"))
                content = body() if callable(body) else body
                data = content.encode() if isinstance(content, str) else content
                if headers.get("etag") and self.headers.get("if-none-match") == headers["etag"]:
                    status, data = 304, b""
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_HEAD = _answer

            def log_message(self, *args: Any) -> None:
                del args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Listener":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class SmallHub(Listener):
    """A Hub with the Spaces that a test puts on it."""

    def __init__(self) -> None:
        super().__init__()
        self.stages: dict[str, str] = {}
        self.private: set[str] = set()
        self.found: list[dict[str, Any]] = []
        self.answers["/api/spaces/semantic-search"] = (200, {}, lambda: json.dumps(self.found))

    def put(self, space: str, url: str, stage: str = "RUNNING", licence: str = "mit", likes: int = 0) -> None:
        """A Space of this Hub, served at `url`."""
        self.stages[space] = stage
        card = agents_md(space, url)
        self.answers[f"/spaces/{space}/agents.md"] = (
            200,
            {"content-type": "text/plain", "etag": f'"{hash(card)}"'},
            card,
        )

        def info() -> str:
            runtime = {"stage": self.stages[space], "hardware": {"current": "cpu-basic", "requested": "cpu-basic"}}
            known = {
                "id": space,
                "sha": "0" * 40,
                "cardData": {"license": licence},
                "runtime": runtime,
                "private": space in self.private,
            }
            return json.dumps({**known, "host": url, "likes": likes, "tags": [], "models": [], "datasets": []})

        self.answers[f"/api/spaces/{space}"] = (200, {"content-type": "application/json"}, info)
        self.found.append(
            {"id": space, "title": space.title(), "sdk": "gradio", "likes": likes, "runtime": {"stage": stage}}
        )


def agents_md(space: str, url: str, description: str = "Turns a picture into a splat.") -> str:
    """The Hub's card of a Space, in its present form."""
    api = f"{url}/gradio_api"
    return (
        f"To use this application ({space}: {description}):\n\n"
        f"API schema: GET {api}/info\n"
        f'Call endpoint: POST {api}/call/v2/{{endpoint}} {{"param_name": value, ...}}\n'
        f"Poll result: GET {api}/call/{{endpoint}}/{{event_id}}\n"
        f'File inputs: POST {api}/upload -F "files=@file.ext", use as: {{"path": "<returned-path>", "meta": '
        f'{{"_type": "gradio.FileData"}}, "orig_name": "file.ext"}}\n'
        "Auth: Bearer $HF_TOKEN (https://huggingface.co/settings/tokens)\n"
    )
