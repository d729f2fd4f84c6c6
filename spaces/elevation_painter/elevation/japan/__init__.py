"""The monuments of Japan."""
