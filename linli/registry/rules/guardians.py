"""When somebody is a child, from when on they may act themselves, and what of a record speaks of others."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.registry.rules.conditions import BIRTH
from linli.registry.rules.dates import age_on, birthday_after

ACTS_FROM, OF_AGE = 14, 18  # 个人信息保护法 article 31; 民法典 article 17
BIRTH_UNKNOWN = gettext_lazy("The day of birth is not known. Have it recorded first.")
OF_OTHERS = frozenset({"phone", "emergency_contact", "emergency_phone"})  # of a child, often another parent's


def born_on(values: dict[str, object]) -> date | None:
    """Return the day of birth among whole values, where it is known."""
    try:
        return date.fromisoformat(str(values.get(BIRTH) or ""))
    except ValueError:
        return None


def comes_of_age(born: date) -> datetime:
    """Return the moment from which on somebody is of age: the first of that birthday, where the node stands."""
    return timezone.make_aware(datetime.combine(birthday_after(born, OF_AGE), datetime.min.time()))


def is_below(born: date | None, years: int, now: datetime) -> bool:
    """Tell whether somebody is younger than that; whose birth is not known is not."""
    return born is not None and age_on(born, timezone.localdate(now)) < years


def told_apart(wards: Sequence[tuple[str, date | None]]) -> list[str]:
    """Return words for wards without a given name: the masked name, the year of birth, a number where that is equal."""
    words = [_("%(name)s, born %(year)s") % {"name": name, "year": born.year} if born else name for name, born in wards]
    seen: Counter[str] = Counter()
    for at, one in enumerate(words):
        seen[one] += 1
        words[at] = one if seen[one] == 1 else f"{one} ({seen[one]})"
    return words
