"""What conversions, paths and reasons are called for an officer: 公民身份号码, 户主的姓名, written as 2026-11-23."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.registry import api as registry
from linli.sheets.rules.binding import ElementLike
from linli.sheets.rules.conversions import NO, YES
from linli.sheets.rules.counting import BIRTH, COUNTED, figure_of
from linli.sheets.rules.transforms import Transform, made

HOP_WORDS: Mapping[str, str | Promise] = {
    "household": gettext_lazy("household"), "head": gettext_lazy("head of household"),
    "member": gettext_lazy("member of household"), "home": gettext_lazy("home"),
    "registered_home": gettext_lazy("registered home"), "residence": gettext_lazy("residence"),
    "guardian": gettext_lazy("guardian"), "spouse": gettext_lazy("spouse"), "father": gettext_lazy("father"),
    "mother": gettext_lazy("mother"), "workplace": gettext_lazy("workplace"),
    "owner": gettext_lazy("owner of the house"), "tenant": gettext_lazy("tenant"),
    "resident": gettext_lazy("resident of the house"),
    "building": gettext_lazy("building"), "operator": gettext_lazy("operator"), "seat": gettext_lazy("seat"),
    "keeper": gettext_lazy("keeper"),
}  # fmt: skip
BY_ITSELF: Mapping[str, str | Promise] = {
    "row_number": gettext_lazy("number of the row"), "blank": gettext_lazy("left for a hand"),
    "sum": gettext_lazy("sum of other columns"), "difference": gettext_lazy("difference of other columns"),
    "ratio": gettext_lazy("share of other columns"), "constant": gettext_lazy("always the same"),
    "count": gettext_lazy("how many there are"), "total": gettext_lazy("sum over those counted"),
    "area": gettext_lazy("name of the area"),
}  # fmt: skip
WRITTEN: Mapping[str, str | Promise] = {
    "age": gettext_lazy("age in years"), "part": gettext_lazy("taken from the citizen id"),
    "range": gettext_lazy("looked up in a table of ranges"),
}  # fmt: skip
_AGES = {
    "years_from": gettext_lazy("%(years)s years or older"), "years_below": gettext_lazy("younger than %(years)s years"),
}  # fmt: skip
SAMPLE_DAY = date(1957, 3, 9)
KIND_OF_TABLE = {"persons": "person", "households": "household", "houses": "house", "organisations": "organisation",
                 "places": "place", "things": "thing"}  # fmt: skip


def path_words(element: str, label: str) -> str:
    """Return a path in words: the hops, then the element's official name."""
    hops = [str(HOP_WORDS.get(word, word)) for word in element.split(".")[1:-1]]
    return " · ".join([*hops, label])


def transform_words(transform: Transform) -> str:
    """Return what a conversion does to a value, in a few words; "" where it leaves it as it is."""
    kind, said = transform.kind, transform.settings
    if kind == "date":
        written = SAMPLE_DAY.strftime(str(said.get("layout", "%Y-%m-%d")))
        return str(_("written as %s") % written)
    if kind in COUNTED:
        return figure_words(transform.as_data())
    if kind == "tail":
        return str(_("last %s digits") % said.get("digits", ""))
    if kind == "code":
        return _("written as its code") if said.get("write") == "code" else ""
    return str({**BY_ITSELF, **WRITTEN}.get(kind, ""))


def figure_words(transform: Mapping[str, Any]) -> str:
    """Return what a column of a table by area counts: kind of record and conditions, in the words of the dictionary."""
    figure = figure_of(transform)
    if figure is None:
        return ""
    elements = registry.elements_of(figure.kind)
    told = [_condition_words(elements.get(code), code, how, value) for code, how, value in figure.where]
    whom = str(registry.KINDS[figure.kind].label)
    if figure.total:
        label = elements[figure.total].label if figure.total in elements else figure.total
        return _("sum of “%(name)s”") % {"name": label} + "".join(f" · {one}" for one in told)
    return _("number of: %(whom)s") % {"whom": whom} + "".join(f" · {one}" for one in told)


def _condition_words(element: registry.ElementInfo | None, code: str, how: str, value: str) -> str:
    label = element.label if element else code
    said = registry.in_words(kind=element.kind, code=code, value=value) if element and value else value
    if element and element.type == "flag":
        return label if value == "yes" else _("not %(name)s") % {"name": label}
    if code == BIRTH and how in _AGES:
        return str(_AGES[how]) % {"years": value}
    return f"{label} {registry.TAG_OPERATORS[how][0]} {said}".strip()


def paths_for(kind: str, elements: Sequence[ElementLike]) -> list[str]:
    """Return every path that a table of this kind can ask for: own elements, then those one hop away."""
    start = KIND_OF_TABLE.get(kind, "person")
    near = [f"{start}.{word}" for (of, word) in registry.WAYS if of == start]
    codes: dict[str, list[str]] = {}
    for one in elements:
        codes.setdefault(one.kind, []).append(one.code)
    own = [f"{start}.{code}" for code in codes.get(start, ())]
    return own + [f"{way}.{code}" for way in near for code in codes.get(registry.kind_at(f"{way}.x"), ())]


def usual_transform(element: ElementLike) -> Transform:
    """Return how an element is written where an officer chose it by hand."""
    if element.type == "date":
        return made("date", layout="%Y-%m-%d")
    if element.type == "area":
        return made("area", level="")
    if element.type == "flag":
        return made("flag", yes=YES, no=NO)
    return made("code", write="label") if element.type == "code" else made("text")


def reason_words(reason: Mapping[str, Any]) -> str:
    """Return why a column was bound so."""
    message = str(reason.get("message", ""))
    return str(_(message) % reason.get("parameters", {})) if message else ""
