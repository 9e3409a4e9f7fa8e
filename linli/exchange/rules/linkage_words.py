"""Why two records look like one, in words of an officer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGREEMENT: dict[tuple[str, str], str | Promise] = {
    ("name", "same"): _("the same name"),
    ("name", "homophone"): _("sounds the same, written differently"),
    ("name", "one_off"): _("one character apart"),
    ("name", "surname"): _("only the surname agrees"),
    ("name", "other"): _("different names"),
    ("citizen_id", "same"): _("the same id number"),
    ("citizen_id", "near"): _("one digit apart, or two neighbours swapped"),
    ("citizen_id", "mistyped"): _("different, and one of them is mistyped"),
    ("citizen_id", "other"): _("two different valid id numbers"),
    ("birth_date", "same"): _("born on the same day"),
    ("birth_date", "near"): _("birth dates that one slip explains"),
    ("birth_date", "other"): _("birth dates far apart"),
    ("sex", "same"): _("the same sex"),
    ("sex", "other"): _("different sex"),
    ("phone", "same"): _("the same telephone"),
    ("phone", "near"): _("telephones one digit apart"),
    ("phone", "other"): _("different telephones"),
    ("address", "same"): _("the same door"),
    ("address", "place"): _("the same estate or road, another door"),
    ("address", "other"): _("different addresses"),
}
STRONG, SOME = 7.0, 1.5  # log2 odds
WEIGHT: dict[str, tuple[str | Promise, str]] = {
    "for": (_("speaks strongly for one"), "green"),
    "rather_for": (_("speaks for one"), "green"),
    "little": (_("says little"), ""),
    "rather_against": (_("speaks for two"), "amber"),
    "against": (_("speaks strongly for two"), "red"),
}


def weight_of(odds: float) -> str:
    """Return the code of what a field's log2 odds mean in words."""
    if abs(odds) < SOME:
        return "little"
    if odds > 0:
        return "for" if odds >= STRONG else "rather_for"
    return "against" if odds <= -STRONG else "rather_against"


def chance_words(odds: float) -> str | Promise:
    """Return how much two are alike; twins are alike, too, so that is no verdict."""
    if odds >= STRONG:
        return _("very much alike")
    return _("much alike") if odds >= SOME else _("somewhat alike")


CAUSE: dict[str, str | Promise] = {
    "mistyped": _("An id number is mistyped"),
    "namesake": _("Same name, other birth date"),
    "siblings": _("Born together at one door, names differ"),
    "sound": _("Names sound the same"),
    "home": _("The door is the same, the rest unclear"),
    "thin": _("Other reasons"),
}
BAND: dict[str, str | Promise] = {
    "high": _("very much alike"), "middle": _("much alike"), "low": _("somewhat alike"),
}  # fmt: skip
