"""The code of a receipt: what only the reporter has, read aloud and typed without mistaking letters."""

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O
LENGTH, GROUP = 16, 4


def grouped(code: str) -> str:
    """Return a code as it is shown: ABCD-EFGH-JKLM-NPQR."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def plain_code(text: str) -> str:
    """Return a code as it is compared, however it was typed."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)


__all__ = ["LENGTH", "LETTERS", "grouped", "plain_code"]
