"""Goal files: Markdown that says what to build, with YAML front matter for what must be exact."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import first_problem
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.publish.plan import Permission

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n|)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FILLER = {
    *"a an the 3d gallery museum showroom collection website site page of with for and in my our your new".split(),
    *"please build make create generate design show me want i would like cinematic splat splats gaussian".split(),
}


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=120)]], BeforeValidator(_listed)]


class Limits(BaseModel):
    """What a run may ask of Spaces; what is left out is unlimited."""

    model_config = ConfigDict(extra="forbid")

    calls: int | None = Field(None, ge=0)
    minutes: float | None = Field(None, ge=0)
    gpu_seconds: float | None = Field(None, ge=0)


class Destination(BaseModel):
    """Where a complete gallery is published: naming it is the person's permission, for exactly that."""

    model_config = ConfigDict(extra="forbid")

    space: str = Field(pattern=r"^[\w.-]+/[\w.-]+$", description="USER/SPACE.")
    private: bool = Field(False, description="For the person's eyes only.")


def _destination(value: object) -> object:
    return {"space": value} if isinstance(value, str) else value


class FrontMatter(BaseModel):
    """What a goal file may fix. Everything is optional; what is left out is the agent's choice."""

    model_config = ConfigDict(extra="forbid")

    gallery: Path | None = Field(None, description="The gallery's folder; galleries/<name> when left out.")
    title: str | None = Field(None, min_length=1, max_length=120)
    subtitle: str | None = Field(None, max_length=240)
    template: str | None = None
    pieces: Names | None = Field(None, min_length=1, max_length=100, description="Exactly these, in this order.")
    count: int | None = Field(None, ge=1, le=100, description="How many pieces.")
    style: dict[str, Any] = Field(default_factory=dict, description="Settings, as set_style takes them.")
    model: str | None = Field(None, description="Which LLM, as --model takes it.")
    spaces: Names = Field(default_factory=list, description="The Spaces to use, in order of preference.")
    budget: Limits | None = Field(None, description="What the run may ask of Spaces: calls, minutes, gpu_seconds.")
    deploy: Annotated[Destination | None, BeforeValidator(_destination)] = Field(
        None, description="USER/SPACE to publish a complete gallery to, or `space` and `private`."
    )


@dataclass(frozen=True)
class Goal:
    """What a headless run is asked to do.

    Attributes:
        text: the wish in the person's own words.
        exact: the front matter.
        folder: where the gallery goes.
    """

    text: str
    exact: FrontMatter
    folder: Path

    @property
    def expected(self) -> int | None:
        """How many pieces a complete gallery has, where the goal says so."""
        return len(self.exact.pieces) if self.exact.pieces else self.exact.count

    @property
    def permission(self) -> Permission | None:
        """The person's word on publishing: the named Space for the named eyes, or None."""
        deploy = self.exact.deploy
        return Permission(deploy.space, deploy.private) if deploy else None


def destination(space: str, private: bool) -> Destination:
    """Where to publish, from the command line.

    Raises:
        SplatelierError: it is not USER/SPACE.
    """
    try:
        return Destination(space=space, private=private)
    except ValidationError as error:
        raise SplatelierError(f"--deploy {space!r} is no USER/SPACE, such as you/paris.") from error


def read_goal(path: Path, into: Path | None = None, deploy: Destination | None = None) -> Goal:
    """Read and check a goal file. `into` is the gallery's folder and `deploy` where it goes, whatever the file says.

    Raises:
        SplatelierError: it is missing, not UTF-8, its front matter is not YAML or has a field that is wrong, or it
            asks for nothing.
    """
    try:
        content = path.read_text(encoding="utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except OSError as error:
        raise SplatelierError(f"The goal file {path} cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise SplatelierError(f"The goal file {path} is not UTF-8 text; save it as UTF-8.") from error
    match = _FRONT_MATTER.match(content)
    if match is None and content.startswith("---"):
        raise SplatelierError(f"The front matter of {path} has no closing '---' line; add one before the goal's text.")
    exact = _front_matter(path, match.group(1) if match else "")
    text = content[match.end() :].strip() if match else content.strip()
    if not text and not exact.pieces:
        raise SplatelierError(f"The goal file {path} asks for nothing; write what to build under the front matter.")
    text = text or f"Build a 3D gallery of {', '.join(exact.pieces or [])}."
    if deploy is not None:
        exact = exact.model_copy(update={"deploy": deploy})
    return Goal(text, exact, into or exact.gallery or folder_for(text))


def _front_matter(path: Path, text: str) -> FrontMatter:
    try:
        fields = yaml.safe_load(text) or {}
        if not isinstance(fields, Mapping):
            raise SplatelierError(f"The front matter of {path} must be 'name: value' lines.")
        exact = FrontMatter.model_validate(fields)
        Settings.model_validate(exact.style)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise SplatelierError(f"The front matter of {path} is not valid YAML{line}; mend it.") from error
    except ValidationError as error:
        problem = first_problem(error)
        fields_known = ", ".join(FrontMatter.model_fields)
        hint = f"; the fields are {fields_known}" if "Extra inputs" in problem and error.title == "FrontMatter" else ""
        raise SplatelierError(f"The goal file {path} is wrong in {problem}{hint}.") from error
    return exact


def folder_for(text: str) -> Path:
    """A gallery folder named after what a sentence is about: 'build a 3D Paris gallery' -> galleries/paris."""
    about, *rest = re.split(r"[.\n:;]| with | and then ", text.strip().lower(), maxsplit=1)
    words = _telling_words(about) or _telling_words(" ".join(rest))
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(words[:4]).encode("ascii", "ignore").decode()).strip("-")
    return Path("galleries") / (name or "gallery")


def _telling_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w']+", text) if word not in _FILLER and not word.isdigit()]
