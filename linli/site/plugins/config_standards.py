"""The standards in the configuration file: matters, area duties and dispatch rules in force; taken in as a draft."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError

LISTS = {"matters": ("code", "name", "lead"), "areas": ("matter", "division", "lead"), "rules": ("name", "target")}


class Standards(ConfigPart):
    """Matters, who leads them where, and the dispatch rules."""

    code, label, capability, place = "standards", gettext_lazy("Standards"), "events.standards", 30

    def read(self, *, now: datetime) -> Any:
        """Return the version in force."""
        return events.standards_data(now=now)

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say how many matters, area duties and rules differ from those in force."""
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
    new = sum(row not in known for row in rows)
    gone = sum(row not in rows for row in known)
    if new or gone:
        labels = {"matters": _("Matters"), "areas": _("Area duties"), "rules": _("Dispatch rules")}
        said = {"what": labels[name], "new": new, "gone": gone}
        yield _("%(what)s: %(new)s new or changed, %(gone)s no longer so; they become a draft") % said
