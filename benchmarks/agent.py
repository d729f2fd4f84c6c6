"""What a conversation costs in prompt tokens: the first prompt, and twelve wishes over a gallery of six pieces.

    python -m benchmarks.agent [GALLERY]

The model is a script, the same that CI measures with, so nothing is asked of anybody: GALLERY is a folder with the six
pieces of "build a 3D Paris gallery"; without one it is built first with the Spaces of this machine (a minute or two).
Four characters count as a token, and a picture as a thousand. The ratios are to what the same conversation cost with
smolagents' own prompt and memory.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from splatelier.agent.setup import Setup
from splatelier.agent.start import studio_in
from splatelier.tools.progress import Nobody
from tests.agent.context.conversation import TWELVE, Cost, converse

FIRST_BEFORE, TWELVE_BEFORE = 11_100, 808_000
GOAL = "build a 3D Paris gallery"


def measured(gallery: Path | None) -> list[Cost]:
    """What each request of the conversation sends, over a copy of the gallery."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "paris"
        if gallery:
            shutil.copytree(gallery, copy)
        with studio_in(copy, Setup(offline=True, sees=True), Nobody()) as studio:
            if not gallery:
                built = studio.session.ask(GOAL)
                assert built.ok, built.text
        with studio_in(copy, Setup(offline=True, sees=True), Nobody()) as studio:
            return converse(studio.session)


def main() -> None:
    """Print the tokens, their ratios to those before, and the pictures of each request."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gallery", nargs="?", type=Path, help="a built Paris gallery; it is copied, not changed")
    costs = measured(arguments.parse_args().gallery)
    tokens = [cost.tokens for cost in costs]
    print(f"first prompt   {tokens[0]:>8,} tokens; before {FIRST_BEFORE:,}: {tokens[0] / FIRST_BEFORE:.2f}")
    print(f"twelve wishes  {sum(tokens):>8,} tokens; before {TWELVE_BEFORE:,}: {sum(tokens) / TWELVE_BEFORE:.2f}")
    print(f"largest of the {len(costs)} requests  {max(tokens):,} tokens")
    print(f"pictures in each request: {' '.join(str(cost.pictures) for cost in costs)}")
    print(f"requests a wish: {' '.join(str(len(wish)) for wish in TWELVE)}")


if __name__ == "__main__":
    main()
