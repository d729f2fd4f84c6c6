"""A site becomes a static Space, a folder or a zip."""
