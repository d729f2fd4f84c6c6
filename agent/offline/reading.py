"""A sentence in, the wishes in it out."""

from splatelier.agent.offline.structure import read_structure
from splatelier.agent.offline.taste import read_taste
from splatelier.agent.offline.wishes import Shown, Style, Wish


def read_wishes(sentence: str, shown: Shown) -> list[Wish]:
    """The wishes in a sentence, in the order in which they are to be done; empty where none was understood."""
    text = " ".join(sentence.split()).strip().rstrip(".!")
    wish = read_structure(text, shown)
    if wish is not None:
        return [wish]
    changes = read_taste(text.lower(), shown.settings)
    return [Style(changes)] if changes else []
