"""Which LLM, from one string."""

from dataclasses import dataclass

from huggingface_hub import InferenceClient, constants, get_token
from smolagents import InferenceClientModel, Model

from splatelier.agent.defaults import load_defaults
from splatelier.agent.offline.model import OfflineModel
from splatelier.agent.prompts import prompt
from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.likeness import Eye
from splatelier.tools.spaces.trust import PUBLIC_HUB

_PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Choice:
    """The model of a run.

    Attributes:
        note: one line that says why it is this one; empty where the person chose it.
    """

    model: Model
    note: str = ""

    @property
    def sees(self) -> bool:
        """Whether the model is known to take pictures."""
        return load_defaults().takes_pictures(str(self.model.model_id))


def choose_model(name: str | None = None, base_url: str | None = None, api_key: str | None = None) -> Choice:
    """The model for a run.

    Args:
        name: `offline`, or a model id; with Inference Providers also MODEL:PROVIDER. None takes the default.
        base_url: an OpenAI-compatible server, such as http://127.0.0.1:8080/v1.
        api_key: that server's key. The Hugging Face token is never sent there.

    Raises:
        SplatelierError: `base_url` is no http(s) address, or comes without a model's name.
    """
    if name == "offline":
        return Choice(OfflineModel())
    if base_url is not None:
        return Choice(_openai_compatible(name, base_url, api_key))
    token = get_token()
    if token is None:
        wanted = f"{name} needs" if name else "there is"
        lack = "a token (HF_TOKEN)" if name else "no token (HF_TOKEN)"
        return Choice(OfflineModel(), f"Planning offline, by rules, for galleries only: {wanted} {lack}.")
    model_id, _, provider = (name or load_defaults().model).partition(":")
    return Choice(
        InferenceClientModel(model_id=model_id, provider=provider or None, token=token, timeout=_PATIENCE_SECONDS)
    )


def choose_eye(choice: Choice, sees: bool | None = None) -> Eye | None:
    """Who looks at pictures for a model that takes none: the vision model of defaults.yaml, at Inference Providers.

    Nobody does where the model itself sees, where there is no token or it is one of another Hub, and where the person
    wants no pictures sent.

    Args:
        sees: what the person says of that: None leaves it to what is known of the model.
    """
    token, name = get_token(), load_defaults().eye
    blind = sees is None and not choice.sees and not isinstance(choice.model, OfflineModel)
    if not blind or not token or not name or constants.ENDPOINT.rstrip("/") != PUBLIC_HUB:
        return None
    model, _, provider = name.partition(":")
    client = InferenceClient(provider=provider or "auto", token=token, timeout=_PATIENCE_SECONDS)  # type: ignore[arg-type]
    return Eye(client, model, lambda subject: prompt("likeness.txt.j2", subject=subject))


def _openai_compatible(name: str | None, base_url: str, api_key: str | None) -> Model:
    if not base_url.startswith(("http://", "https://")):
        raise SplatelierError(f"--base-url {base_url!r} is no address; it looks like http://127.0.0.1:8080/v1.")
    if name is None:
        raise SplatelierError("--base-url needs --model too: the name under which that server knows its model.")
    client = InferenceClient(base_url=base_url, api_key=api_key or "none", timeout=_PATIENCE_SECONDS)
    # smolagents 1.26 leaves `model` out of the call, and the server would be asked for a model called "dummy"
    return InferenceClientModel(model_id=name, client=client, model=name)
