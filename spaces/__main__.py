"""`python -m splatelier.spaces`: the offline house on its own, until Ctrl-C or SIGTERM."""

import json
import signal
import sys
from types import FrameType

from splatelier.spaces.launcher import OfflineSpaces, OfflineSpacesError


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Start everything, say so in one JSON line, and stay; the exit code."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        with OfflineSpaces() as house:
            print(json.dumps({"endpoint": house.endpoint, "spaces": house.spaces}), flush=True)
            signal.pause()
    except OfflineSpacesError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
