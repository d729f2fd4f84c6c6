"""Gaussian splats as arrays: read, turn, frame, compress and draw them. Knows numpy and files, nothing else."""
