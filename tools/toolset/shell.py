"""What every tool here is: a smolagents Tool that shows itself to the model in few words."""

import inspect
from typing import Any

from smolagents import Tool

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict"}
_REQUIRED = inspect.Parameter.empty


class Shell(Tool):  # type: ignore[misc]
    """A tool whose prompt is a signature with defaults, a sentence, and the meaning of each argument.

    smolagents' own prompt prints neither defaults nor optional arguments, and the whole output schema of each tool.
    """

    def defaults(self) -> dict[str, Any]:
        """What each argument is when it is left out, by its name; required ones are not in it."""
        parameters = inspect.signature(self.forward).parameters.values()
        return {parameter.name: parameter.default for parameter in parameters if parameter.default is not _REQUIRED}

    def to_code_prompt(self) -> str:
        """The tool as the model reads it."""
        lines = [f"{self.name}({self._arguments()}) -> {self._result()}"]
        lines += [f"    {line}" for line in self.description.splitlines()]
        lines += [
            f"    - {name}: {given['description']}" for name, given in self.inputs.items() if given["description"]
        ]
        return "\n".join(lines)

    def _arguments(self) -> str:
        known = self.defaults()
        shown = []
        for name, given in self.inputs.items():
            kind = _TYPES.get(str(given["type"]), "any")
            if name not in known and not given.get("nullable"):
                shown.append(f"{name}: {kind}")
            else:
                default = known.get(name)
                shown.append(f"{name}: {kind} = {'...' if default is ... else repr(default)}")
        return ", ".join(shown)

    def _result(self) -> str:
        properties = (getattr(self, "output_schema", None) or {}).get("properties")
        return f"{{{', '.join(properties)}}}" if properties else _TYPES.get(self.output_type, "any")
