"""A sentence in, the wishes in it out."""

from splatelier.agent.offline.followups import is_question, read_followup, read_question
from splatelier.agent.offline.structure import read_structure
from splatelier.agent.offline.taste import read_taste
from splatelier.agent.offline.wishes import Shown, Style, Wish


def read_wishes(sentence: str, shown: Shown) -> list[Wish]:
    """The wishes in a sentence, in the order in which they are to be done; empty where none was understood."""
    text = " ".join(sentence.split()).strip().rstrip(".!")
    if is_question(text):
        reply = read_question(text, shown)
        return [reply] if reply else []
    text = text.rstrip("?")
    wish = read_followup(text, shown) or read_structure(text, shown)
    if wish is not None:
        return [wish]
    changes = read_taste(text, shown)
    return [Style(changes)] if changes else []
