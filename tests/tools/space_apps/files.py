"""The bytes that a Space sends, made without a library."""

import struct


def ply_bytes(count: int = 4) -> bytes:
    """A binary PLY of `count` points."""
    header = f"ply\nformat binary_little_endian 1.0\nelement vertex {count}\n"
    header += "property float x\nproperty float y\nproperty float z\nend_header\n"
    return header.encode() + struct.pack(f"<{3 * count}f", *range(3 * count))
