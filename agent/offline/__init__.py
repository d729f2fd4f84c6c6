"""The planner that stands in for a language model."""
