"""Full-width digits, Latin letters and marks as ASCII, one character for one, so that places stay."""


def half_width(text: str) -> str:
    """Return the text with the same length in plain digits, letters and marks."""
    return text if text.isascii() else text.translate(_TABLE)


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: str((code - 0x1D7CE) % 10) for code in range(0x1D7CE, 0x1D800)}
    table |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0x2500), "-")
    table |= dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009), " ")
    table |= dict.fromkeys((0x2022, 0x30FB, 0x2027, 0x22C5, 0xFF65), "·")
    return table | {0xFE6B: "@"}


_TABLE = _table()
