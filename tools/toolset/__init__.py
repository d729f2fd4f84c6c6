"""Every tool that the model is given, and nothing else."""
