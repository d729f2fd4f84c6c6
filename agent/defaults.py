"""What is used when nobody says otherwise, from a small file that a person can change."""

from fnmatch import fnmatchcase
from pathlib import Path

import platformdirs
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import first_problem


class Defaults(BaseModel):
    """The model and the Spaces of a run with a token, and which models take pictures.

    Attributes:
        sees: what the names of models that take pictures match, as `fnmatch` patterns, without regard to case.
        eye: the vision model that looks at pictures for a model that does not; none where it is empty.
    """

    model_config = ConfigDict(extra="forbid")

    model: str
    spaces: list[str]
    sees: list[str] = []
    eye: str = ""

    def takes_pictures(self, model: str) -> bool:
        """Whether the model of that name, with or without its owner and provider, is known to take pictures."""
        name = model.partition(":")[0].rpartition("/")[2].lower()
        return any(fnmatchcase(name, pattern.lower()) for pattern in self.sees)


def load_defaults() -> Defaults:
    """The person's defaults.yaml where there is one, else the one that comes with the package.

    Raises:
        SplatelierError: the file is not what it must be; names the field.
    """
    own = Path(platformdirs.user_config_dir("splatelier")) / "defaults.yaml"
    path = own if own.exists() else Path(__file__).with_name("defaults.yaml")
    try:
        return Defaults.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise SplatelierError(f"{path} is not valid YAML; mend it or remove it.") from error
    except ValidationError as error:
        raise SplatelierError(f"{path} is wrong in {first_problem(error)}; mend it or remove it.") from error
