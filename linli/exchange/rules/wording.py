"""How exchange calls what is chosen from lists: purposes, kinds of sharing, ways, steps of a history."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

SHARING: Mapping[str, str | Promise] = {
    "unconditional": _("shared freely"),
    "conditional": _("shared on conditions"),
    "none": _("not shared"),
}
WAYS: Mapping[str, str | Promise] = {
    "verify": pgettext_lazy("way", "verify"),
    "query": pgettext_lazy("way", "query"),
    "batch": pgettext_lazy("way", "batch"),
    "push": pgettext_lazy("way", "push"),
}
LIMITS: Mapping[str, str | Promise] = {
    "application": _("Application, shared on conditions"),
    "application_free": _("Application, shared freely"),
    "correction": _("Correction"),
}
FOUND: Mapping[str, str | Promise] = {
    "set": _("set here"),
    "name": _("known by its name"),
    "community": _("by area"),
}
STEPS: Mapping[str, str | Promise] = {
    "draft": pgettext_lazy("step", "written down"),
    "apply": pgettext_lazy("step", "handed in"),
    "approve": pgettext_lazy("step", "approved"),
    "trim": pgettext_lazy("step", "approved, trimmed"),
    "decline": pgettext_lazy("step", "refused"),
    "withdraw": pgettext_lazy("step", "withdrawn"),
    "grant": pgettext_lazy("step", "granted"),
    "suspend": pgettext_lazy("step", "suspended"),
    "resume": pgettext_lazy("step", "resumed"),
    "revoke": pgettext_lazy("step", "revoked"),
    "anew": pgettext_lazy("step", "decided anew"),
    "expire": pgettext_lazy("step", "expired"),
    "propose": pgettext_lazy("step", "proposed"),
    "confirm": pgettext_lazy("step", "confirmed"),
    "refuse": pgettext_lazy("step", "not accepted"),
    "let_stand": pgettext_lazy("step", "stands: not answered in time"),
    "take_back": pgettext_lazy("step", "taken back"),
    "arrive": pgettext_lazy("step", "confirmed: came with the owner's data"),
    "overtake": pgettext_lazy("step", "overtaken by the owner's data"),
    "ask_back": pgettext_lazy("step", "asked to be taken back"),
}
CYCLES: Mapping[str, str | Promise] = {
    "month": pgettext_lazy("cycle", "every month"),
    "quarter": pgettext_lazy("cycle", "every quarter"),
    "year": pgettext_lazy("cycle", "every year"),
}
AREAS: Mapping[str, str | Promise] = {"street": _("by street"), "community": _("by community")}
UNKNOWN = _("not known")
OTHER = _("other areas together")
OTHERS = _("other values together")


def listed(names: Iterable[str]) -> str:
    """Return names in one line."""
    return pgettext("between names", ", ").join(names)


def words(table: Mapping[str, str | Promise], code: str) -> str:
    """Return the words for a code, or the code."""
    return str(table.get(code, code))
