"""Texts in spreadsheets: none leaves as a formula, and what was made harmless comes back as it was."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula: a quote goes before it.

    What begins with quotes before such a sign gets one more, so that `true_cell` undoes exactly this.
    """
    return f"{QUOTE}{text}" if text.lstrip(QUOTE).startswith(FORMULA) else text


def true_cell(text: str) -> str:
    """Return the text of a cell that `safe_cell` made harmless; every other text as it is."""
    bare = text.lstrip(QUOTE)
    return text[1:] if bare != text and bare.startswith(FORMULA) else text
