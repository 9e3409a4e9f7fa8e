"""The lives of what trust keeps, as data."""
