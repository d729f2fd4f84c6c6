"""What the agent can do: Spaces as tools, splats, the gallery and its site."""
