"""Plans in stages and the rules for duplicates in the configuration file; taken in as drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.slots import ConfigPart, ConfigRefusedError

FROM_FILE = "configuration file"


class Plans(ConfigPart):
    """Every plan in stages as it is in force."""

    code, label, capability, place = "plans", gettext_lazy("Plans in stages"), "events.standards", 42

    def read(self, *, now: datetime) -> Any:
        """Return each plan by its code."""
        return {book.code: _content(book) for book in events.playbooks_in_force(now=now)}

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which plans differ from what is in force."""
        here = self.read(now=now)
        changed = [(code, plan) for code, plan in _named(wanted).items() if plan != here.get(code)]
        for code, plan in changed:
            _check(code, plan)
        return [_("%(name)s: a new draft") % {"name": plan["name"]} for _code, plan in changed]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:  # noqa: ARG002  one signature
        """Make a draft of each plan that differs; an officer puts it in force."""
        here = self.read(now=now)
        for code, plan in wanted.items():
            if plan != here.get(code):
                events.add_playbook(code=code, source=FROM_FILE, now=now, **plan)


class GroupRules(ConfigPart):
    """The rules for near, similar and recurring events as they are in force."""

    code, label, capability, place = "groups", gettext_lazy("Duplicates and recurrence"), "events.standards", 44

    def read(self, *, now: datetime) -> Any:
        """Return the rules by matter code, those of all matters under ""."""
        return {code: dict(row) for code, row in events.group_rules(now).items()}

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which matters would be judged otherwise."""
        here, rules = self.read(now=now), _named(wanted)
        try:
            events.check_group_rules(rules)
        except events.RefusedError as refused:
            raise ConfigRefusedError(str(refused)) from refused
        differ = [code or _("all matters") for code in {**here, **rules} if here.get(code) != rules.get(code)]
        return [_("Other rules for %(names)s") % {"names": ", ".join(differ)}] if differ else []

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:  # noqa: ARG002  one signature
        """Make a draft; an officer puts it in force."""
        if wanted != self.read(now=now):
            events.add_group_policy(rules=wanted, source=FROM_FILE, now=now)


def _content(book: events.Playbook) -> dict[str, Any]:
    return {"name": book.name, "matter_codes": list(book.matter_codes), "stages": [dict(row) for row in book.stages]}


def _named(wanted: Any) -> Mapping[str, Any]:
    if not isinstance(wanted, Mapping) or not all(isinstance(row, Mapping) for row in wanted.values()):
        raise ConfigRefusedError(_("Plans and rules must be named one by one, each with what it says."))
    return wanted


def _check(code: str, plan: Mapping[str, Any]) -> None:
    if set(plan) != {"name", "matter_codes", "stages"}:
        raise ConfigRefusedError(_("The plan %(code)s needs a name, matter_codes and stages.") % {"code": code})
    try:
        events.check_stages(plan["stages"])
    except events.RefusedError as refused:
        raise ConfigRefusedError(f"{code}: {refused}") from refused
