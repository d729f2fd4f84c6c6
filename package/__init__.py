"""Splatelier: say what gallery you want; an agent makes it of 3D Gaussian splats.

The folders of the repository are installed under this one name: `splatelier.agent`, `splatelier.tools`, and so on.
"""


def __getattr__(name: str) -> str:
    """The version, looked up when it is asked for: that takes longer than everything else here."""
    if name == "__version__":
        from importlib.metadata import version

        return version("splatelier")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
