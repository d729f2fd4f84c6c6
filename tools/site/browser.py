"""A headless Chromium for looking at a site, when there is one on this machine."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SOFTWARE_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
_SEEN = 34
"""Difference of a pixel, of 255, from which something counts as drawn: more than a reflection in the floor makes."""

_HIDE_WORDS = """hidden => {
  for (const element of document.body.children)
    if (!element.matches('canvas, script')) element.style.visibility = hidden ? 'hidden' : '';
}"""
_HIDE_STAGE = "hidden => { document.querySelector('canvas').style.visibility = hidden ? 'hidden' : ''; }"


def chromium_path() -> str | None:
    """Where this machine's Chromium is: the CHROMIUM variable first; None when there is none, or no Playwright."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return None
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def headless_chromium(path: str) -> Iterator["Browser"]:
    """A Chromium that draws WebGL in software, so that it looks the same with and without a GPU."""
    from playwright.sync_api import sync_playwright

    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_SOFTWARE_WEBGL, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def drawn(page: "Page") -> NDArray[np.bool_]:
    """(height, width) where the stage has drawn a piece: what differs from the page without its canvas."""
    page.evaluate(_HIDE_WORDS, True)
    with_stage = pixels(page.screenshot(animations="disabled"))
    page.evaluate(_HIDE_STAGE, True)
    without_stage = pixels(page.screenshot(animations="disabled"))
    page.evaluate(_HIDE_STAGE, False)
    page.evaluate(_HIDE_WORDS, False)
    return np.asarray(np.abs(with_stage - without_stage).max(axis=2) > _SEEN)


def pixels(png: bytes) -> NDArray[np.float64]:
    """(height, width, 3) of a screenshot, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.float64)
