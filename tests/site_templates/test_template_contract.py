"""What site_templates/README.md says a template must have, and what the viewer tells it: both read from its tables."""

import re
from collections.abc import Callable
from typing import get_args

import pytest

from splatelier.tools.gallery.settings import Settings
from splatelier.tools.templates import SITE_TEMPLATES

TEMPLATE_NAMES = sorted(path.parent.name for path in SITE_TEMPLATES.glob("*/index.html.j2"))
SOURCES = SITE_TEMPLATES / "viewer" / "src"


def named(table: str) -> list[str]:
    """The selectors in the first column of the README's table whose heading is `table`."""
    readme = (SITE_TEMPLATES / "README.md").read_text(encoding="utf-8")
    rows = readme.split(f"| {table} |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", rows, re.MULTILINE)


@pytest.mark.parametrize("template", TEMPLATE_NAMES)
def test_a_template_that_lacks_a_part_is_told_which(make_gallery: Callable, visit: Callable, template: str) -> None:
    change = lambda gallery: setattr(gallery, "template", template)  # noqa: E731
    workspace = make_gallery("Tower", "Arch", count=300, auto_rotate=0, change=change)
    visitor = visit(workspace, 320, 240, reduced_motion="reduce")
    visitor.open().shown("tower")
    assert visitor.complaints == [], "the template as it is has all of them"

    parts = named("the template has")
    assert len(parts) > 8
    # the document is parsed, and no module has run yet
    visitor.page.add_init_script("""document.addEventListener('readystatechange', () => {
      const lacking = new URLSearchParams(location.search).get('lacks');
      if (document.readyState === 'interactive' && lacking) document.querySelector(lacking).remove();
    })""")
    for selector in parts:
        with visitor.page.expect_event("pageerror") as caught:
            visitor.page.goto(f"{visitor.url}?lacks={selector.replace('#', '%23')}")
        said = str(caught.value)
        assert said.startswith("The template lacks "), selector
        assert selector.split()[-1] in said
        assert "README" in said
        assert not visitor.page.evaluate("document.documentElement.classList.contains('live')")


def test_the_viewer_sets_every_state_that_the_readme_names(make_gallery: Callable, visit: Callable) -> None:
    states = named("state")
    assert len(states) > 10
    workspace = make_gallery("Tower", "Arch", count=300, auto_rotate=0, transition_seconds=0.2, tour=True, dwell=60)
    seen: set[str] = set()
    watch = """states => {
      window.seen = new Set();
      const look = () => states.forEach(state => document.querySelector(state) && window.seen.add(state));
      new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    }"""

    visitor = visit(workspace, 320, 240)
    visitor.page.add_init_script(f"({watch})({states})")
    visitor.page.route("**/assets/arch/splat-*", lambda route: route.fulfill(body=b"not a splat"))
    visitor.open().shown("tower")
    visitor.page.keyboard.press("ArrowRight")
    visitor.until("[data-state=failed]")
    seen |= set(visitor.page.evaluate("[...window.seen]"))
    assert "html.still" not in seen

    flat = visit(workspace, 320, 240)
    flat.page.add_init_script(f"({watch})({states}); HTMLCanvasElement.prototype.getContext = () => null")
    flat.open().shown("tower")
    still = set(flat.page.evaluate("[...window.seen]"))
    assert ".piece.drawn" not in still, "the poster stays where nothing is drawn"
    assert set(states) == seen | still


def test_the_manifest_and_the_shader_know_the_same_effects() -> None:
    shader = (SOURCES / "splats" / "shader.js").read_text(encoding="utf-8")
    (body,) = re.findall(r"EFFECTS = {(.*?)}", shader)
    effects = set(re.findall(r"(\w+):", body))
    for setting in ("transition", "reveal"):
        assert set(get_args(Settings.model_fields[setting].annotation)) == effects


def test_no_module_makes_markup_of_text() -> None:
    modules = sorted(SOURCES.rglob("*.js"))
    assert len(modules) > 15
    for module in modules:
        markup = re.findall(
            r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTMLUnsafe|srcdoc|eval)\b",
            module.read_text(encoding="utf-8"),
        )
        assert markup == [], module.name
