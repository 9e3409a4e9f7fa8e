"""How a measure counts."""
