"""Starting the child: confined by Landlock and seccomp where the system has them, else a process of its own only."""

import importlib.util
import os
import platform
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import splatelier
from splatelier.tools.errors import SplatelierError

MEMORY_GB = 2
_BOOT = """import sys
sys.path.insert(0, sys.argv[1])
from splatelier.agent.confined.child import main
main({lock}, {memory})"""
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")
_LOOSE = (
    "the agent's code cannot be confined here ({why}): it runs in a process without your token, but if it breaks out "
    "of its interpreter it can read and write files and use the network as you can"
)
# What Landlock says nothing about: attributes of files and of other processes, keyrings, queues, programs in memory.
_DENIED = [
    *("fchmod", "fchmodat", "fchmodat2", "fchown", "fchownat", "utimensat", "setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr", "add_key", "request_key", "keyctl", "mq_open"),
    *("prlimit64", "setpriority", "ioprio_set", "sched_setaffinity", "sched_setscheduler", "sched_setparam"),
    *("sched_setattr", "pidfd_open", "inotify_init1", "memfd_create"),
]
_DENIED_X86 = ["chmod", "chown", "lchown", "utime", "utimes", "futimesat", "inotify_init"]


class Started(Protocol):
    """A process, as subprocess and sandlock both have it."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> object: ...


@dataclass(frozen=True)
class Room:
    """Where a child is started.

    Attributes:
        lacks: what this system cannot keep the code from, in one sentence; empty where the child is confined.
    """

    lacks: str = ""

    def start(self) -> Started:
        """Start a child with pipes for its standard input and output."""
        root = str(Path(splatelier.__file__).parent.parent)
        command = [sys.executable, "-I", "-c", _BOOT.format(lock=not self.lacks, memory=MEMORY_GB << 30), root]
        return _loose(command) if self.lacks else _confined(command)


def find_room(required: bool = False) -> Room:
    """The best room that this system has.

    Args:
        required: refuse one from which code could reach what it was not given.

    Raises:
        SplatelierError: it is required, and there is none.
    """
    room = _best_room()
    if required and room.lacks:
        raise SplatelierError(f"--require-sandbox cannot be kept: {room.lacks}.")
    return room


def _best_room() -> Room:
    if sys.platform != "linux":
        return Room(_LOOSE.format(why=f"{platform.system()} has no Landlock"))
    try:
        import sandlock
    except ImportError as error:
        return Room(_LOOSE.format(why=f"sandlock cannot be loaded, {error}"))
    has, needs = sandlock.landlock_abi_version(), sandlock.min_landlock_abi()
    if has < needs:
        return Room(_LOOSE.format(why=f"the kernel's Landlock has version {max(has, 0)}, sandlock needs {needs}"))
    if not _box().run([sys.executable, "-I", "-c", "import ctypes, json"]).success:
        return Room(_LOOSE.format(why="Python does not start when it is confined"))
    return Room()


def _confined(command: list[str]) -> Started:
    from sandlock import StdioMode

    started: Started = _box().popen(command, stdin=StdioMode.PIPED, stdout=StdioMode.PIPED, stderr=StdioMode.NULL)
    return started


def _box() -> Any:
    from sandlock import Sandbox

    return Sandbox(
        fs_readable=[str(path) for path in _needed_to_import()],
        fs_writable=[],
        net_allow=[],
        clean_env=True,
        env={"HOME": "/nonexistent", "PATH": "/nonexistent", "LANG": "C.UTF-8"},
        cwd="/",
        max_memory=MEMORY_GB << 30,
        max_processes=1,
        no_coredump=True,
        extra_deny_syscalls=_DENIED + (_DENIED_X86 if platform.machine() == "x86_64" else []),
    )


def _loose(command: list[str]) -> Started:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows starts nothing without
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", **kept},
        cwd=Path.cwd().anchor,
        bufsize=0,
    )


def _needed_to_import() -> set[Path]:
    """The Python runtime, its packages and our modules. The child gives them up before it runs any code."""
    paths = sysconfig.get_paths()
    package = Path(splatelier.__file__).parent
    smolagents = importlib.util.find_spec("smolagents")
    wanted = [
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *_LIBRARIES,
        sysconfig.get_config_var("LIBDIR"),
        sys.executable,
        Path(sys.prefix, "pyvenv.cfg"),
        *([Path(smolagents.origin).parent.parent] if smolagents and smolagents.origin else []),
        *(package.parent, package / "__init__.py", package / "agent", package / "tools"),
    ]
    return {Path(path).resolve() for path in wanted if path and Path(path).exists()}
