"""Interfaces in the configuration file: what is public, who outside is told of events, where units are told of work."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.site.plugins.config_accounts import checked
from linli.site.slots import ConfigPart, ConfigRefusedError, Text

INTERFACES, CUT = "events.interfaces", "?***"
SEE = ("events.see_area", "events.see_unit")
LONGEST_NAME, LONGEST_CODE = 100, 40
Named = dict[tuple[str, int], dict[str, Any]]


class OpenMatters(ConfigPart):
    """Which matters everybody may read; none that is public is closed by a file."""

    code, label, capability, place = "open_matters", gettext_lazy("Public matters"), INTERFACES, 50

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the matters that are public now."""
        return [{"matter": row.matter_code, "exact_place": row.exact_place} for row in events.open_matters()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which matters would become public, and where the place would be shown otherwise."""
        rows = checked(wanted, ("matter",))
        for row in rows:
            if not _is_text(row["matter"], LONGEST_CODE) or not isinstance(row.get("exact_place", False), bool):
                raise ConfigRefusedError(_("A public matter needs its code, and exact_place as true or false."))
        here = {row["matter"]: row["exact_place"] for row in self.read(now=now)}
        names = {duty.code: duty.name for duty in events.matters_in_force()}
        return [_opening(row, here, names) for row in rows if here.get(row["matter"]) != row.get("exact_place", False)]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Open what the file names, beside what is open already; it counts from now on."""
        here = {row["matter"]: row["exact_place"] for row in self.read(now=now)}
        both = here | {row["matter"]: row.get("exact_place", False) for row in wanted}
        exact = [code for code, is_exact in both.items() if is_exact]
        events.set_open_matters(codes=list(both), exact=exact, by=by, now=now)


class Webhooks(ConfigPart):
    """Who outside is told of events, by name. A new one comes in paused: its secret is not in any file."""

    code, label, capability, place = "webhooks", gettext_lazy("Webhooks"), INTERFACES, 52
    note = gettext_lazy(
        "No secret is in this file. A webhook that is new where the file is taken in begins paused: give it a new "
        "secret in the console, tell the other side, and let it go on. Of an address that holds a key, only the part "
        "before the question mark is here; write the rest before the file is taken in elsewhere."
    )

    def left_out(self, by: accounts.Actor) -> Text:
        """Return why this person can't open webhooks: each speaks for the post of somebody who sees events."""
        if any(held.capabilities & set(SEE) for held in by.holdings_with(INTERFACES)):
            return ""
        return gettext_lazy("A webhook speaks for the post of whoever takes it in, and yours can't; it is left out.")

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return the webhooks that have not ended, in the order they were opened."""
        return [_webhook(row) for row in events.webhooks_open()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which webhooks are new and which differ."""
        rows, here = _numbered(checked(wanted, ("name", "url", "kinds"))), _numbered(self.read(now=now))
        for row in rows.values():
            _check(row)
        return list(_differing(rows, here))

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Open, paused, what is new, and change what differs."""
        standing = _numbered([{"name": row.name, "row": row} for row in events.webhooks_open()])
        for key, row in _numbered(wanted).items():
            said = {"name": row["name"], "url": row["url"], "kinds": row["kinds"], "by": by, "now": now}
            hook = standing.get(key, {}).get("row")
            if hook is None:
                hook, _secret = events.open_webhook(**said, division_id=_division(row))
                events.pause_webhook(webhook=hook, by=by, now=now, paused=True)
            elif not _same(_webhook(hook), row):
                said["url"] = hook.url if row["url"] == _shown(hook.url) else row["url"]
                events.change_webhook(webhook=hook, **said)


class Notices(ConfigPart):
    """Where units are told of work, as numbers only: the addresses are sealed and are those of people."""

    code, label, capability, place = "notices", gettext_lazy("Where units are told"), "accounts.messages", 54
    note = gettext_lazy(
        "How many addresses each unit has for each channel. The addresses are those of people and sealed, so no file "
        "holds them and none is taken in: enter them in the console under messages."
    )

    def left_out(self, by: accounts.Actor) -> Text:  # noqa: ARG002  one signature
        """Return why nobody takes this part in."""
        return gettext_lazy("Addresses are sealed and in no file; enter them in the console under messages.")

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return how many addresses each unit has for each channel."""
        rows = accounts.notice_counts()
        return [{"unit": unit, "channel": channel, "addresses": n} for (unit, channel), n in rows.items()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:  # noqa: ARG002  one signature
        """Say which units have more addresses in the file than here."""
        here = accounts.notice_counts()
        rows = checked(wanted, ("unit", "channel", "addresses"))
        if not all(isinstance(row["addresses"], int) for row in rows):
            raise ConfigRefusedError(_("Of addresses the file says how many there are, as a number."))
        template = _("%(unit)s, %(channel)s: %(there)s in the file, %(here)s here")
        counted = [(row, here.get((str(row["unit"]), str(row["channel"])), 0)) for row in rows]
        return [template % {**row, "there": row["addresses"], "here": n} for row, n in counted if row["addresses"] > n]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Do nothing: addresses are not in the file."""


def _opening(row: Mapping[str, Any], here: Mapping[str, bool], names: Mapping[str, str]) -> str:
    code, exact = row["matter"], row.get("exact_place", False)
    said = {"name": names.get(code, code)}
    if code in here:
        return (_("%(name)s: with the exact place") if exact else _("%(name)s: without the exact place")) % said
    if code not in names:
        return _("public: %(name)s, as soon as standards in force have it") % said
    return (_("public, with the exact place: %(name)s") if exact else _("public: %(name)s")) % said


def _webhook(row: events.Webhook) -> dict[str, Any]:
    said = {"name": row.name, "url": _shown(row.url), "kinds": list(row.kinds)}
    return said | ({"division": regions.division(row.division_id).code} if row.division_id else {})


def _same(before: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return before["url"] == row["url"] and set(before["kinds"]) == set(row["kinds"])


def _division(row: Mapping[str, Any]) -> int | None:
    """Return the area that the webhook is narrowed to."""
    if not row.get("division"):
        return None
    found = regions.division_by_code(str(row["division"]))
    if found is None:
        said = {"name": row["name"], "division": row["division"]}
        raise ConfigRefusedError(_("Webhook %(name)s: there is no division %(division)s.") % said)
    return found.id


def _shown(url: str) -> str:
    """Return an address without what may be a key in it."""
    parts = urlsplit(url)
    return url if not parts.query and not parts.fragment else f"{parts.scheme}://{parts.netloc}{parts.path}{CUT}"


def _numbered(rows: Iterable[Mapping[str, Any]]) -> Named:
    """Return rows by name; those of the same name are told apart by their order."""
    seen: Counter[str] = Counter()
    found: Named = {}
    for row in rows:
        name = str(row["name"])
        found[name, seen[name]] = dict(row)
        seen[name] += 1
    return found


def _check(row: Mapping[str, Any]) -> None:
    said = {"name": str(row["name"])[:LONGEST_NAME]}
    if not _is_text(row["name"], LONGEST_NAME) or not isinstance(row["url"], str):
        raise ConfigRefusedError(_("A webhook needs a name of at most 100 characters and an address."))
    if not isinstance(row["kinds"], list) or not row["kinds"]:
        raise ConfigRefusedError(_("Webhook %(name)s: say in a list of what it is told.") % said)
    if unknown := [str(kind) for kind in row["kinds"] if kind not in events.WEBHOOK_KINDS]:
        raise ConfigRefusedError(
            _("Webhook %(name)s: nothing is called %(kinds)s.") % {**said, "kinds": ", ".join(unknown)}
        )
    _division(row)
    try:
        kernel.check_target(row["url"])
    except kernel.OutgoingError as refused:
        raise ConfigRefusedError(_("Webhook %(name)s: %(why)s") % {**said, "why": refused}) from refused


def _differing(rows: Named, here: Named) -> Iterator[str]:
    for key, row in rows.items():
        before, said = here.get(key), {"name": row["name"]}
        if row["url"].endswith(CUT) and (before is None or before["url"] != row["url"]):
            raise ConfigRefusedError(
                _("Webhook %(name)s: the end of its address is not in the file; write it in place of ?***.") % said
            )
        if before is None:
            yield _("new, paused until it has a secret: %(name)s") % said
        elif before.get("division") != row.get("division"):
            raise ConfigRefusedError(
                _("Webhook %(name)s has another area here; end it and open it again for the new one.") % said
            )
        elif not _same(before, row):
            yield _("%(name)s: another address, or told of something else") % said


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= longest
