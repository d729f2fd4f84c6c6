"""Visual Hull: a picture of one object on black becomes a 3D Gaussian splat, by carving it out of a block."""

import tempfile
from pathlib import Path

import gradio as gr
from hull import NoSubjectError, reconstruct, write_ply


def carve(image: str | None, resolution: float = 256, depth_ratio: float = 0) -> str:
    """Turn a picture of one object, isolated on black, into a 3D Gaussian splat by shape from silhouette.

    Args:
        image: The picture: one object, brightly lit, on a plain black background, with a margin all round.
        resolution: Voxels along the object's longer side; more is finer and slower.
        depth_ratio: The object's depth over its width: 1 is as deep as wide, 0.3 a relief, 0 judges it.

    Returns:
        A binary .ply of at most 262,144 Gaussians, Y pointing down.
    """
    if image is None:
        raise gr.Error("There is no picture: send one object on a plain black background.", print_exception=False)
    try:
        gaussians = reconstruct(Path(image), int(resolution), depth_ratio or None)
    except NoSubjectError as error:
        raise gr.Error(str(error), print_exception=False) from error
    path = Path(tempfile.mkdtemp(prefix="visual-hull-")) / "splat.ply"
    write_ply(gaussians, path)
    return str(path)


demo = gr.Interface(
    carve,
    inputs=[
        gr.Image(type="filepath", image_mode=None, format="png", label="Image"),
        gr.Slider(64, 384, value=256, step=1, label="Resolution"),
        gr.Slider(0, 2.0, value=0, step=0.05, label="Depth ratio", info="0 judges it from the outline"),
    ],
    outputs=gr.Model3D(label="Gaussian splat", clear_color=(0.0, 0.0, 0.0, 1.0)),
    title="Visual Hull",
    description="One object on black in, a 3D Gaussian splat out: shape from silhouette, no model, no GPU.",
    api_name="reconstruct",
    flagging_mode="never",
)

if __name__ == "__main__":
    demo.launch(show_error=True)
