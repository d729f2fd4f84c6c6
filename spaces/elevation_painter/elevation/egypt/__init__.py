"""The monuments of Egypt."""
