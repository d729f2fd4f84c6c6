"""A headless Chromium for looking at a site: started when it is first needed, and kept while this program runs."""

import atexit
import io
import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

T = TypeVar("T")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SOFTWARE_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


def chromium_path() -> str | None:
    """Where this machine's Chromium is: the CHROMIUM variable first; None when there is none."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def headless_chromium(path: str) -> Iterator[Browser]:
    """A Chromium that draws WebGL in software, so that it looks the same with and without a GPU."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_SOFTWARE_WEBGL, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


class KeptBrowser:
    """One Chromium for many looks, in a thread of its own: Playwright's must not be one that runs an event loop."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[tuple[Callable[[Browser], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def look(self, path: str, what: Callable[[Browser], T]) -> T:
        """What `what` sees with the browser; it is started where it is not running, or is running no longer."""
        seen: Future[T] = Future()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, args=(path,), name="browser", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._asked.put((what, seen))
        return seen.result()

    def close(self) -> None:
        """End the browser, once it has looked at what it was asked to."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None and thread.is_alive():
                self._asked.put(None)
                thread.join(timeout=10)

    def _work(self, path: str) -> None:
        asked: tuple[Callable[[Browser], Any], Future[Any]] | None = None
        while (asked := asked or self._asked.get()) is not None:
            try:
                with headless_chromium(path) as browser:
                    while asked is not None and browser.is_connected():
                        _answer(browser, *asked)
                        asked = self._asked.get()
                    if asked is None:
                        return
            except Exception as error:  # whoever asked is told, and may ask again
                if asked is None:
                    return
                if not asked[1].done():
                    asked[1].set_exception(error)
                asked = None


def _answer(browser: Browser, what: Callable[[Browser], Any], seen: "Future[Any]") -> None:
    try:
        seen.set_result(what(browser))
    except Exception as error:
        seen.set_exception(error)


@contextmanager
def kept_page(browser: Browser, kind: str, prepare: Callable[[Page], object], **options: Any) -> Iterator[Page]:
    """A page that the next look of the same kind finds again: a new one takes a process and a second.

    Args:
        prepare: is done once to a new page.
        options: of a new page.
    """
    pages = _PAGES.setdefault(browser, {})
    page = pages.pop(kind, None)
    if page is None or page.is_closed():
        page = browser.new_page(**options)
        prepare(page)
    try:
        yield page
        pages[kind] = page
    finally:
        if pages.get(kind) is not page:
            page.close()


_PAGES: WeakKeyDictionary[Browser, dict[str, Page]] = WeakKeyDictionary()

KEPT = KeptBrowser()
"""The one of this program."""


def pixels(png: bytes, mode: str = "RGB") -> NDArray[np.float64]:
    """(height, width, bands of the mode) of a screenshot, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(png)).convert(mode), dtype=np.float64)
