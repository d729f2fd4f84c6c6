"""Is a picture what was asked for? A small vision model says so, asked once for each picture and subject."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import httpx2
from huggingface_hub import InferenceClient
from PIL import Image
from pydantic import BaseModel, ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.pixels import open_picture
from splatelier.tools.spaces.errors import clean_text
from splatelier.tools.workspace.digests import file_sha256

_SIDE = 768
_WORDS = 240
_LONGEST = 300  # tokens of an answer


class Likeness(BaseModel):
    """What a model that sees says of a picture.

    Attributes:
        shows: what is on it, in the model's words.
        is_subject: it is what was asked for.
        whole: nothing of it is cut off.
        alone: nothing else is there.
    """

    shows: str
    is_subject: bool
    whole: bool
    alone: bool


class Eye:
    """A vision model behind an OpenAI-compatible chat, such as those of Inference Providers.

    Args:
        client: where it answers, with what it takes to be let in.
        model: its name there.
        question: the words with which it is asked about a subject; they ask for JSON with the fields of `Likeness`.
    """

    def __init__(self, client: InferenceClient, model: str, question: Callable[[str], str]) -> None:
        self.model = model
        self._client = client
        self._question = question
        self._said: dict[tuple[str, str], Likeness] = {}

    def look(self, path: Path, subject: str) -> Likeness:
        """Whether the picture file shows `subject`; a picture that was looked at for it is not sent again.

        Raises:
            SplatelierError: the file is no picture, or the model gives no verdict.
        """
        key = (file_sha256(path), subject)
        if key not in self._said:
            self._said[key] = self._verdict(self._ask(path, subject))
        return self._said[key]

    def _ask(self, path: Path, subject: str) -> str:
        parts = [
            {"type": "text", "text": self._question(subject)},
            {"type": "image_url", "image_url": {"url": _address_of(path)}},
        ]
        try:
            answer = self._client.chat_completion(
                [{"role": "user", "content": parts}], model=self.model, max_tokens=_LONGEST, temperature=0
            )
            return answer.choices[0].message.content or ""
        except (httpx2.HTTPError, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise SplatelierError(
                f"The vision model {self.model} did not answer ({clean_text(str(error), _WORDS)}); "
                "go by inspect_image and by what the Space says."
            ) from error

    def _verdict(self, answer: str) -> Likeness:
        found = re.search(r"\{.*\}", answer, re.DOTALL)
        try:
            said = Likeness.model_validate_json(found[0] if found else "")
        except ValidationError as error:
            raise SplatelierError(
                f"The vision model {self.model} gave no verdict; go by inspect_image and by what the Space says."
            ) from error
        return said.model_copy(update={"shows": clean_text(said.shows, _WORDS)})


def _address_of(path: Path) -> str:
    """The picture itself as a data: address, at most 768 pixels a side."""
    with open_picture(path) as picture:
        picture.load()
        small = Image.new("RGB", picture.size)
        small.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    small.thumbnail((_SIDE, _SIDE))
    data = io.BytesIO()
    small.save(data, format="JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(data.getvalue()).decode()
