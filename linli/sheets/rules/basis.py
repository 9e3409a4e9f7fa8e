"""The legal basis of a form 填报依据: where the form names it, and what is not filled without one."""

import re
from collections.abc import Iterable

from linli.trust import api as trust

FROM_GRADE = int(trust.Grade.GENERAL_4)  # what does grave harm when it leaks leaves for a form with a basis only
_NUMBER = r"[〇零一二三四五六七八九十百千\d]+"
_ACT = rf"《[^《》]{{2,80}}》(?:[（(][^（）()]{{2,60}}[）)])?(?:第{_NUMBER}条(?:第{_NUMBER}款)?)?"
_NAMED = re.compile(rf"(?:根据|依据|按照|依照)[:：]?\s*({_ACT}(?:[、和及以]+{_ACT})*)")
LONGEST = 300


def basis_in(texts: Iterable[str]) -> str:
    """Return the acts that title or notes name as the ground of a form, as they are written there; "" where none is."""
    found = next((one for text in texts if (one := _NAMED.search(text))), None)
    return found.group(1)[:LONGEST] if found else ""
