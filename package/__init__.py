"""Splatelier: say what gallery you want; an agent makes it of 3D Gaussian splats.

The folders of the repository are installed under this one name: `splatelier.agent`, `splatelier.tools`, and so on.
"""

from importlib.metadata import version

__version__ = version("splatelier")
