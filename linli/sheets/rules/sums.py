"""Which columns of a list are added up in the row of sums, and what they give: amounts and quantities, no ages."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

ADDS = frozenset({"amount", "number", "sum", "difference"})
# What an average, a price, a share, a standard or a year gives when it is added up says nothing.
_NOT_ADDED = re.compile(r"均|单价|标准|率|比例|占比|年龄|年份|楼层|层数|年限|分数|得分|编号|号码|序号")
_AMOUNT = re.compile(
    r"金额|补贴|补助|津贴|工资|资金|款|费$|费用|面积|数量|人数|户数|[（(](?:万?元|亩|人|户|平方米|㎡)[)）]"
)


def is_added(path: Sequence[str], transform: Mapping[str, Any], *, is_number: bool) -> bool:
    """Tell whether the column of these names is added up; one that a hand fills is, where its name is an amount."""
    name = "".join(path)
    if _NOT_ADDED.search(name):
        return False
    by_hand = transform["kind"] == "blank" and bool(_AMOUNT.search(path[-1]))
    return transform["kind"] in ADDS or by_hand or (is_number and transform["kind"] == "text")


def sum_of(values: Sequence[Any]) -> int | float | None:
    """Return the sum of what is there; None where nothing is, or something is no number."""
    said = [one for one in values if one not in {None, ""}]
    try:
        numbers = [Decimal(str(one).replace(",", "")) for one in said if not isinstance(one, bool)]
    except InvalidOperation:
        return None
    whole = sum(numbers, Decimal(0))
    if not numbers or len(numbers) < len(said) or not whole.is_finite():
        return None
    return int(whole) if whole == whole.to_integral_value() else float(whole)
