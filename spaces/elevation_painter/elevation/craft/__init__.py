"""The craft: outlines, materials, ornament, the relief they are stamped into, and the light on it."""
