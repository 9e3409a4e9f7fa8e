"""The forms of the faces."""
