"""The REST interface of sheets."""
