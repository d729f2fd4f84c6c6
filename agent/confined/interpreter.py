"""smolagents' interpreter for the child, without the rest of smolagents.

The package imports clients of the Hub and of models, which the child shall not have and which take most of a second to
load. Its interpreter needs a class of them, `Tool`, for type hints only.
"""

import importlib.util
import sys
import types


def _without_the_package() -> None:
    spec = importlib.util.find_spec("smolagents")
    if spec is None:
        raise ImportError("smolagents is not installed.")
    sys.modules["smolagents"] = importlib.util.module_from_spec(spec)
    tools = types.ModuleType("smolagents.tools")
    vars(tools)["Tool"] = object
    sys.modules["smolagents.tools"] = tools


_without_the_package()

from smolagents.local_python_executor import LocalPythonExecutor  # noqa: E402
from smolagents.utils import BASE_BUILTIN_MODULES, truncate_content  # noqa: E402

__all__ = ["BASE_BUILTIN_MODULES", "LocalPythonExecutor", "truncate_content"]
