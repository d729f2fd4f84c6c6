"""Run a Gradio Space's app.py, in the working folder, for this machine alone.

On the Hub a Space is everybody's; here its door is `Loopback`. Gradio takes middleware from the arguments of `launch`,
which the app calls itself: so the door is put where `launch` finds it when it is not told otherwise.

An idle Gradio looks for work a thousand times a second, which takes six hundredths of a core: here, fifty times.
"""

import runpy
from functools import partialmethod

import gradio
from gradio.queueing import Queue
from starlette.middleware import Middleware

from splatelier.spaces.loopback import Bounded, Loopback

REQUEST_BYTES = 64 << 20
"""The largest body of a request; the picture to be carved is the largest thing that is sent."""

IDLE_SECONDS = 0.02


def main() -> None:
    """Run the app until the process ends."""
    doors = [Middleware(Loopback), Middleware(Bounded, REQUEST_BYTES)]
    launch = partialmethod(gradio.Blocks.launch, app_kwargs={"middleware": doors})
    gradio.Blocks.launch = launch  # type: ignore[method-assign,assignment]
    Queue.sleep_when_free = property(lambda _: IDLE_SECONDS, lambda *_: None)  # type: ignore[assignment]
    runpy.run_path("app.py", run_name="__main__")


if __name__ == "__main__":
    main()
