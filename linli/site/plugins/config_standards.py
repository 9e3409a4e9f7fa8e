"""The standards in the configuration file: matters, area duties and dispatch rules in force; taken in as a draft."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError

LISTS = {"matters": ("code", "name", "lead"), "areas": ("matter", "division", "lead"), "rules": ("name", "target")}
IDENTITY = {"matters": ("code",), "areas": ("matter", "division"), "rules": ("name",)}
MOST_NAMES = 8


class Standards(ConfigPart):
    """Matters, who leads them where, and the dispatch rules."""

    code, label, capability, place = "standards", gettext_lazy("Standards"), "events.standards", 30

    def read(self, *, now: datetime) -> Any:
        """Return the version in force."""
        return events.standards_data(now=now)

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which matters, area duties and rules differ from those in force."""
        if not wanted:
            return []
        if not isinstance(wanted, Mapping) or "name" not in wanted:
            raise ConfigRefusedError(_("The standards need a name, matters, areas and rules."))
        here = self.read(now=now)
        return [sentence for name, keys in LISTS.items() for sentence in _differing(name, keys, wanted, here)]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Make a draft; an officer checks it and puts it in force."""
        events.draft_from_data(data=wanted, by=by, now=now)


def _differing(name: str, keys: Sequence[str], wanted: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    rows, known = checked(wanted.get(name, []), keys), here.get(name, [])
    labels = {"matters": _("Matters"), "areas": _("Area duties"), "rules": _("Dispatch rules")}
    before, after = ({tuple(row[key] for key in IDENTITY[name]): row for row in some} for some in (known, rows))
    new = [after[key] for key in after if key not in before]
    changed = [after[key] for key in after if key in before and before[key] != after[key]]
    gone = [before[key] for key in before if key not in after]
    for words, some in (
        (pgettext("in a list", "new"), new),
        (pgettext("in a list", "changed"), changed),
        (pgettext("in a list", "no longer there"), gone),
    ):
        if some:
            yield f"{labels[name]} · {words}: {_named(some)}"


def _named(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the first names and how many there are."""
    comma = pgettext("between names", ", ")
    names = comma.join(str(row.get("name") or row.get("matter")) for row in rows[:MOST_NAMES])
    if len(rows) <= MOST_NAMES:
        return names
    return _("%(names)s and others, %(n)s in all") % {"names": names, "n": len(rows)}
