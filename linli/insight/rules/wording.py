"""A measure in one plain sentence, made from its definition, so that it always says what is counted."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

MARK_WORDS: dict[str, Promise] = {
    "assigned": gettext_lazy("were given to a unit"),
    "contact_due_over": gettext_lazy("were contacted, or should have been by now"),
    "contacted_in_time": gettext_lazy("had their reporter contacted within the limit"),
    "has_reporter": gettext_lazy("have a reporter with a telephone"),
    "ended": gettext_lazy("are closed"),
    "handling_over": gettext_lazy("have a result, or should have one by now"),
    "in_time": gettext_lazy("had their result within the limit"),
    "returned": gettext_lazy("were given back by a unit"),
    "first_hop": gettext_lazy("stayed with the first unit they were given to"),
    "repeat": gettext_lazy("repeat what the same telephone reported within 30 days before"),
    "found": gettext_lazy("were found by staff or devices before anybody reported them"),
    "rated": gettext_lazy("were rated by their reporter"),
    "rated_solved": gettext_lazy("are solved, as the reporter rated"),
    "rated_satisfied": gettext_lazy("left the reporter satisfied (4 or 5 of 5, own rating)"),
    "called": gettext_lazy("had their reporter reached by a call-back"),
    "called_solved": gettext_lazy("are solved, as the reporter said on the telephone"),
    "called_satisfied": gettext_lazy("left the reporter satisfied (4 or 5 of 5, by telephone)"),
}
REASONS: dict[str, Promise] = {
    "unreachable": gettext_lazy("the reporter can't be reached"),
    "beyond_law": gettext_lazy("the demand goes beyond law or policy"),
    "not_ours": gettext_lazy("outside the government's remit"),
    "force_majeure": gettext_lazy("weather or disaster made it impossible"),
    "repeated": gettext_lazy("decided already, and reported again without anything new"),
    "wrong_data": gettext_lazy("the record itself is wrong"),
}
KINDS: dict[str, Promise] = {
    "centre": gettext_lazy("county centre"),
    "department": gettext_lazy("departments"),
    "team": gettext_lazy("teams"),
    "street": gettext_lazy("streets and towns"),
    "community": gettext_lazy("communities and villages"),
}


def sentence_of(numerator: Sequence[str], denominator: Sequence[str]) -> str:
    """Say how a measure is counted."""
    hits = _and(numerator)
    if not denominator:
        return _("Of all events reported in the period, the share that %(hits)s.") % {"hits": hits}
    words = {"sample": _and(denominator), "hits": hits}
    return _("Of the events reported in the period that %(sample)s, the share that %(hits)s.") % words


def reason_words(code: str) -> str:
    """Return a reason to leave an event out."""
    return str(REASONS.get(code, code))


def kind_words(kind: str) -> str:
    """Return what units of a kind are called together."""
    return str(KINDS.get(kind, kind))


def _and(marks: Sequence[str]) -> str:
    return pgettext("between conditions", " and ").join(str(MARK_WORDS.get(mark, mark)) for mark in marks)
