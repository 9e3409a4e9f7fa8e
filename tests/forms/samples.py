"""Made-up values for the rows of a form; id numbers begin with 99, where no county is."""

import random
from datetime import date, timedelta

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def value_for(column, row, luck):
    """Return what would stand in a row of a column."""
    last = column.element.rsplit(".", 1)[-1]
    if column.transform == "row_number":
        return row + 1
    if column.choices:
        return luck.choice(column.choices)
    if column.transform in {"age", "count", "sum", "total"}:
        return luck.randint(1, 90)
    if column.transform == "date" or last.endswith("_on"):
        return day(luck)
    makers = {
        "name": name, "head_name": name, "legal_person": name, "citizen_id": citizen_id, "phone": phone,
        "sex": lambda one: one.choice("男女"), "ethnic": lambda one: one.choice(["汉族", "回族"]),
        "size": lambda one: one.randint(1, 6), "allowance_amount": lambda one: one.choice([50, 100, 300]),
        "pension_amount": lambda one: one.randint(150, 400), "service_hours": lambda one: one.randint(2, 300),
        "children": lambda one: one.randint(0, 3),
    }  # fmt: skip
    if column.transform in {"flag", "tail"}:
        return luck.choice("是否") if column.transform == "flag" else citizen_id(luck)[-4:]
    return makers[last](luck) if last in makers else ("" if not column.element else f"内容{luck.randint(1, 9)}")


def name(luck):
    """Return a name."""
    return luck.choice(SURNAMES) + "".join(luck.sample(GIVEN, luck.randint(1, 2)))


def day(luck):
    """Return a day."""
    return date(1940, 1, 1) + timedelta(days=luck.randint(0, 25_000))


def citizen_id(luck):
    """Return a well-formed id number of nobody."""
    body = f"990101{day(luck):%Y%m%d}{luck.randint(0, 999):03}"
    return body + CHECKS[sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 11]


def phone(luck):
    """Return a telephone of nobody."""
    return f"199000{luck.randint(0, 99999):05}"


def luck_of(form):
    """Return the same chance for the same form."""
    return random.Random(form.name)
