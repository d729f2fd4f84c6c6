"""How fast a .ply becomes a .ksplat, beside those who also do it, all in one run on this machine.

    python benchmarks/ksplat.py [--sizes 100000,262144,1000000] [--degrees 0,2] [--repeats 5]

For each size and SH degree, from the same .ply with normals, warm in the page cache, each in a process of its own and
timed inside it, start-up left out, the best of the repeats, in which all take turns:

- ours: read, order, encode, write, read back and compare (level 1);
- GaussianSplats3D's own generator in Node: parse, generate, write (level 1, the same SH degree);
- splat-transform in Node, to PlayCanvas's compressed .ply: another format, the nearest there is;
- the floor: reading the bytes of the input and writing as many as our output has.

Peak memory is the most that our process had resident, mapped files included, less what it had before it began.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.splats import REST_PER_DEGREE, Splats
from tests.tools.splats.formats.readers.install import install, node
from tests.tools.splats.shapes import tower

ROOT = Path(__file__).resolve().parent.parent

OURS = """
import json, sys, time
from pathlib import Path
from splatelier.tools.splats import read_splats, write_ksplat

ROOT = Path(__file__).resolve().parent.parent

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024

before, start = peak(), time.perf_counter()
write_ksplat(Path(sys.argv[2]), read_splats(Path(sys.argv[1])))
print(json.dumps({"total": time.perf_counter() - start, "memory": peak() - before}))
"""


def real_like(count: int, degree: int) -> Splats:
    """A tower with the noise that real splats have in every value."""
    rng = np.random.default_rng(0)
    shape = tower(count)

    def noise(*size: int) -> np.ndarray:
        return rng.normal(size=size).astype(np.float32)

    return Splats(
        centers=shape.centers + noise(count, 3) * np.float32(0.01),
        log_scales=shape.log_scales + noise(count, 3) * np.float32(0.5),
        rotations=noise(count, 4),
        logits=noise(count) * np.float32(2) + np.float32(2),
        dc=shape.dc + noise(count, 3) * np.float32(0.2),
        rest=noise(count, 3, REST_PER_DEGREE[degree]) * np.float32(0.1),
    )


def ours(source: Path, target: Path) -> dict[str, float]:
    """One run of ours in a process of its own."""
    command = [sys.executable, "-c", OURS, str(source), str(target)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    result: dict[str, float] = json.loads(said)
    return result


def floor(source: Path, target: Path, size: int) -> float:
    """Seconds to read the input's bytes and to write `size` bytes."""
    start = time.perf_counter()
    data = source.read_bytes()
    target.write_bytes(memoryview(data)[:size])
    return time.perf_counter() - start


def compare(folder: Path, count: int, degree: int, repeats: int) -> str:
    """One row of the table."""
    source, target = folder / "in.ply", folder / "out.ksplat"
    write_ply(source, real_like(count, degree))
    size = source.stat().st_size
    seconds = least = peer = other = float("inf")
    memory = 0.0
    for _ in range(repeats):
        own = ours(source, target)
        seconds, memory = min(seconds, own["total"]), max(memory, own["memory"] / size)
        least = min(least, floor(source, folder / "floor", target.stat().st_size))
        peer = min(peer, json.loads(node("generate.mjs", source, folder / "peer.ksplat", 1, degree))["total"])
        said = node("compress.mjs", source, folder / "peer.compressed.ply").splitlines()[-1]
        other = min(other, json.loads(said)["total"])
    made = target.stat().st_size
    return (
        f"{count:>9,} {degree:>3} {size / 1e6:>7.1f} {size / made:>6.2f} {seconds:>8.3f} {least:>8.3f} {peer:>8.2f} "
        f"{other:>8.2f} {peer / seconds:>9.1f}x {other / seconds:>9.1f}x {seconds / least:>8.1f}x {memory:>8.2f}x"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000,262144,1000000")
    parser.add_argument("--degrees", default="0,2")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    install()
    print("                        smaller   seconds                              how many times ours          memory,")
    print(
        "Gaussians  SH   in MB  by factor    ours    floor     GS3D  splat-tr     GS3D  splat-tr   ours/floor  of input"
    )
    with tempfile.TemporaryDirectory() as folder:
        for degree in (int(text) for text in asked.degrees.split(",")):
            for count in (int(text) for text in asked.sizes.split(",")):
                print(compare(Path(folder), count, degree, asked.repeats), flush=True)


if __name__ == "__main__":
    main()
