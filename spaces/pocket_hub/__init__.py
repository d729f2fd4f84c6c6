"""A Hugging Face Hub that fits in a pocket: on loopback, for the Spaces that run beside it.

It answers the requests that huggingface_hub's own client makes, in the Hub's own forms, so that the same code
runs against it and against huggingface.co. Files come in by large file storage; it has no Xet storage, which the client
uses for files that it is given as paths (HF_HUB_DISABLE_XET=1 turns that off), not for buffers.
"""

from splatelier.spaces.pocket_hub.accounts import Account, Limits
from splatelier.spaces.pocket_hub.catalogue import RunningSpace
from splatelier.spaces.pocket_hub.server import PocketHub

__all__ = ["Account", "Limits", "PocketHub", "RunningSpace"]
