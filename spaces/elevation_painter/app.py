"""Elevation Painter: a Space that paints floodlit monuments on pure black."""

from typing import TYPE_CHECKING

import gradio as gr
from PIL import Image

if TYPE_CHECKING or __package__:
    from .elevation import paint
else:  # on the Hub this file is run by itself, beside its modules
    from elevation import paint

DESCRIPTION = """Front elevations, floodlit and isolated on pure black: made to be turned into 3D.
It knows the monuments of Paris, Egypt and Japan by name, and composes anything else from your words."""

EXAMPLES = [
    ["The Eiffel Tower, Paris, front view, isolated on a pure black background", 0, 1024],
    ["Notre-Dame de Paris", 0, 1024],
    ["Sacré-Cœur, Montmartre", 0, 1024],
    ["A lighthouse of white stone", 3, 1024],
]

STYLE = """
.gradio-container { background: radial-gradient(ellipse at 50% 0%, #241c10 0%, #070605 60%) }
#title h1 { font-family: Georgia, serif; font-weight: 400; letter-spacing: .04em; color: #e9cf9a }
"""

THEME = gr.themes.Base(primary_hue="amber", neutral_hue="stone")


def paint_elevation(prompt: str, seed: int = 0, size: int = 1024) -> Image.Image:
    """Paint the front elevation of a monument or an object on a pure black background, as a square PNG.

    Args:
        prompt: What to paint, e.g. "The Eiffel Tower" or "perfume bottle". The first clause counts most.
        seed: Any whole number. Varies light, texture and ornament, not what is shown.
        size: Width and height in pixels.
    """
    return paint(prompt or "", int(seed or 0), int(size))


with gr.Blocks(title="Elevation Painter") as demo:
    gr.Markdown("# Elevation Painter", elem_id="title")
    gr.Markdown(DESCRIPTION)
    with gr.Row():
        with gr.Column(scale=2):
            prompt = gr.Textbox(
                label="Prompt", info="A monument or an object; the first clause counts most.", lines=2, autofocus=True
            )
            seed = gr.Number(label="Seed", info="Varies light, texture and ornament.", value=0, precision=0)
            size = gr.Slider(256, 2048, value=1024, step=64, label="Size", info="Pixels a side.")
            button = gr.Button("Paint", variant="primary")
        with gr.Column(scale=3):
            picture = gr.Image(label="Elevation", type="pil", format="png", height=640)
    gr.on(
        [button.click, prompt.submit],
        paint_elevation,
        [prompt, seed, size],
        picture,
        api_name="paint",
        concurrency_limit=2,
    )
    gr.Examples(EXAMPLES, [prompt, seed, size])

if __name__ == "__main__":
    demo.launch(show_error=True, theme=THEME, css=STYLE)
