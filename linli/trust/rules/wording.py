"""Findings over looks in words: a sentence with numbers, and which figures moved a day."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.trust.rules.look_rules import RULES

FIGURES = {
    "people": gettext_lazy("people opened"),
    "uncovered": gettext_lazy("people opened without a case"),
    "burst": gettext_lazy("most people within ten minutes"),
    "walk": gettext_lazy("people one after the other"),
    "night": gettext_lazy("people opened outside duty"),
    "far": gettext_lazy("people of other areas"),
    "refused": gettext_lazy("refusals"),
    "share": gettext_lazy("of ten people, those without a case"),
}


def sentence_of(finding: Any) -> dict[str, str]:
    """Return a finding as label and sentence; attributes as those of a row or of the rules."""
    rule = RULES[finding.rule]
    numbers = {"value": finding.value, "limit": finding.limit, **finding.facts}
    sentence = str(rule.sentence) % numbers
    if finding.moved:
        words = [
            _("%(figure)s: %(seen)g, usually %(usual)g") % {"figure": FIGURES[name], "seen": seen, "usual": usual}
            for name, _by, usual, seen in finding.moved
        ]
        sentence += pgettext("before a list of figures", "; ") + pgettext("between figures", ", ").join(words)
    return {"rule": finding.rule, "label": str(rule.label), "sentence": sentence}
