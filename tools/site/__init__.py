"""The manifest and the templates become a site."""
