"""What is done to splats: pure functions over arrays."""
