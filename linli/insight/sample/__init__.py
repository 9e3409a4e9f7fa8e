"""Sample measures, written by the project."""
