"""The monuments of Paris."""
