"""What a decision on de-identification may say of a public table 去标识化、匿名化.

De-identified data still speak of somebody to whom they who hold more; anonymised data of nobody any more (PIPL
个人信息保护法, articles 4 and 73). So the first stays personal data and ends at general 2; only the second may be
general 1. The steps are the project's reading; GB/T 43697-2024 (annex I) lets derived data be graded by what they show.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.trust import api as trust

WAYS: Mapping[str, str | Promise] = {"deidentified": _("de-identified"), "anonymised": _("anonymised")}
LOWEST: Mapping[str, int] = {
    "deidentified": int(trust.Grade.GENERAL_2), "anonymised": int(trust.Grade.GENERAL_1),
}  # fmt: skip


def fewest_in(table: Mapping[str, Any]) -> int:
    """Return the smallest number of people that an edition shows, in a cell or a total; 0 for a table of nobody."""
    shown: Iterable[int | None] = [
        *(cell for line in table["cells"] for cell in line), *table["row_totals"], *table["column_totals"],
    ]  # fmt: skip
    return min((count for count in shown if count), default=0)
