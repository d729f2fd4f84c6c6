"""The npm packages that the splat tests compare with, installed once."""

from collections.abc import Callable

import pytest

from tests.tools.splats.formats.readers.install import install, node


@pytest.fixture(scope="session")
def run_node() -> Callable[..., str]:
    """Runs a script of the folder `readers` with Node."""
    install()
    return node
