"""What was typed into a search and must not stand in an address: numbers of somebody."""

import re

LONGEST = 60
NUMBER = re.compile(r"[0-9][0-9 -]{5,}")  # six digits or more in a row, as in no address


def is_number(words: str) -> bool:
    """Tell whether this may be an id number, a telephone or another number of somebody."""
    return NUMBER.search(words) is not None
