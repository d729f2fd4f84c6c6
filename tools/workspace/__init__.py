"""The gallery's folder: paths, whole-or-absent writes, derived files, provenance."""
