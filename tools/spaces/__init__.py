"""A Space, learned from its agents.md and its schema."""
