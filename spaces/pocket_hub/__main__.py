"""Serve a pocket Hub in a process of its own: endpoint as JSON on stdout, settings as JSON in POCKET_HUB.

{"spaces": [{"id", "folder", "url"}], "account": {"name", "token"}, "storage"}
"""

import json
import os
import socket
from pathlib import Path

from splatelier.spaces.pocket_hub import Account, PocketHub, RunningSpace


def main() -> None:
    """Serve what the environment variable POCKET_HUB describes, until the process is stopped."""
    settings = json.loads(os.environ["POCKET_HUB"])
    spaces = [RunningSpace(entry["id"], Path(entry["folder"]), entry["url"]) for entry in settings["spaces"]]
    hub = PocketHub(spaces, [Account(**settings["account"])], Path(settings["storage"]))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(json.dumps({"endpoint": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
        hub.serve(listener)


if __name__ == "__main__":
    main()
