"""Elevation Painter: a Space that paints floodlit monuments on pure black."""

from typing import TYPE_CHECKING

import gradio as gr
from PIL import Image

if TYPE_CHECKING or __package__:
    from .elevation import UnknownSubjectError, everything, find_subject, paint_subject
else:  # on the Hub this file is run by itself, beside its modules
    from elevation import UnknownSubjectError, everything, find_subject, paint_subject

DESCRIPTION = f"""Front elevations, floodlit and isolated on pure black: made to be turned into 3D.
{everything()}"""

EXAMPLES = [
    "The Eiffel Tower, Paris, front view, isolated on a pure black background",
    "Notre-Dame de Paris",
    "Sacré-Cœur, Montmartre",
    "Abu Simbel",
    "姫路城",
    "Kinkaku-ji, the Golden Pavilion",
    "a red lighthouse",
    "Golden Gate Bridge",
    "a candelabra with five arms",
    "a chess knight, ebony",
    "a leather armchair",
]

THEME = gr.themes.Base(primary_hue="amber", neutral_hue="stone", font=["Georgia", "serif"]).set(
    body_background_fill_dark="radial-gradient(ellipse at 50% 0%, #2a2012 0%, #0a0806 60%)",
    block_background_fill_dark="#14100b",
    block_border_color_dark="#3a2f1f",
    input_background_fill_dark="#1e1811",
    body_text_color_dark="#e8dcc4",
    block_label_background_fill_dark="#1e1811",
)
NIGHT = "() => document.body.classList.add('dark')"
"""The pictures are made for the dark, so the page is dark whatever the visitor's system prefers."""


API = (
    "Paint the front elevation of a monument or an object on a pure black background, as a square PNG. "
    f"{everything()} Anything else is refused."
)


def paint_elevation(prompt: str, seed: int = 0, size: int = 1024) -> tuple[Image.Image, str]:
    """Paint what the prompt names, or refuse.

    Args:
        prompt: What to paint, e.g. "The Eiffel Tower" or "perfume bottle". The first clause counts most.
        seed: Any whole number. Varies light, texture and ornament, not what is shown.
        size: Width and height in pixels.

    Returns:
        The picture.
        What it shows, in a few words.
    """
    try:
        subject = find_subject(prompt or "")
    except UnknownSubjectError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return paint_subject(subject, int(seed or 0), int(size)), subject.told


with gr.Blocks(title="Elevation Painter") as demo:
    gr.Markdown(f"# Elevation Painter\n{DESCRIPTION}")
    with gr.Row():
        with gr.Column(scale=2):
            prompt = gr.Textbox(
                label="Prompt", info="A monument or an object; the first clause counts most.", lines=2, autofocus=True
            )
            with gr.Row():
                seed = gr.Number(label="Seed", info="Varies light, texture and ornament.", value=0, precision=0)
                size = gr.Slider(256, 2048, value=1024, step=64, label="Size", info="Pixels a side.")
            button = gr.Button("Paint", variant="primary")
            gr.Examples([[example] for example in EXAMPLES], [prompt])
        with gr.Column(scale=3):
            picture = gr.Image(label="Elevation", type="pil", format="png", height=640)
            drawn = gr.Textbox(label="Drawn", info="What the picture shows.", interactive=False)
    gr.on(
        [button.click, prompt.submit],
        paint_elevation,
        [prompt, seed, size],
        [picture, drawn],
        api_name="paint",
        api_description=API,
        concurrency_limit=2,
    )

if __name__ == "__main__":
    demo.launch(show_error=True, theme=THEME, js=NIGHT)
