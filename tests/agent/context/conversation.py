"""A scripted conversation of twelve wishes over a gallery of six pieces, and what each of its requests sends."""

from dataclasses import dataclass

from smolagents import ChatMessage

from splatelier.agent.session import Session
from tests.agent.test_session import RENDER, Script

A_TOKEN = 4  # characters
A_PICTURE = 1000  # tokens

LOOK = 'for name in ("eiffel-tower", "arc-de-triomphe", "notre-dame"):\n    print(f"assets/{name}/source.png")'
TASTE = 'print(set_style({0}))\nprint(render_site())\nfinal_answer("It is done.")'
TWELVE = [
    ["print(inspect_image(image='assets/eiffel-tower/source.png'))", LOOK, 'final_answer("They look right.")'],
    [TASTE.format("zoom=0.8")],
    [LOOK, TASTE.format("background='#101820'")],
    ["print(preview_splat(splat='assets/notre-dame/splat.ply')['picture'])", 'final_answer("It stands upright.")'],
    ["seconds = 1.6 / 2\nprint(seconds)", TASTE.format("transition_seconds=seconds")],
    [LOOK, "print(frame_item(slug='eiffel-tower', closer=1.2))", RENDER + '\nfinal_answer("Closer.")'],
    ["print('x' * 30_000)", 'final_answer("That was much.")'],
    [LOOK, LOOK, TASTE.format("reflection=0.3")],
    ["print(rename_item(slug='notre-dame', caption='Rebuilt.'))", RENDER, 'final_answer("Renamed.")'],
    ["print(move_item(slug='eiffel-tower', position=6))", LOOK, RENDER + '\nfinal_answer("Moved.")'],
    ["print(undo(wishes=2))", RENDER + '\nfinal_answer("Back.")'],
    [LOOK, TASTE.format("accent='#ffffff'")],
]


@dataclass
class Cost:
    """What one request sends."""

    tokens: int
    pictures: int


def cost(messages: list[ChatMessage]) -> Cost:
    """What a request sends, at four characters a token and a thousand tokens a picture."""
    parts = [part for message in messages for part in message.content or []]
    words = sum(len(part["text"]) for part in parts if part["type"] == "text")
    pictures = sum(part["type"] == "image" for part in parts)
    return Cost(words // A_TOKEN + pictures * A_PICTURE, pictures)


def converse(session: Session) -> list[Cost]:
    """Have the twelve wishes carried out, with the script in the model's place; what each request sent.

    Raises:
        AssertionError: a wish failed, or a step of the script was not asked for.
    """
    model = Script(*(step for wish in TWELVE for step in wish))
    session.agent.model = model
    for number in range(len(TWELVE)):
        answer = session.ask(f"wish number {number + 1}, said in a sentence of some length")
        assert answer.ok, answer.text
    assert not model.steps
    return [cost(messages) for messages in model.shown]
