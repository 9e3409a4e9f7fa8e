"""Posts and units in the configuration file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.accounts import api as accounts
from linli.regions import api as regions
from linli.site.slots import ConfigPart, ConfigRefusedError, Text

Rows = Sequence[Mapping[str, Any]]
_POST = ("code", "name", "capabilities", "needs_second_factor")


class Posts(ConfigPart):
    """What each post may do."""

    code, label, capability, place = "posts", gettext_lazy("Posts"), "accounts.grant", 20

    def left_out(self, by: accounts.Actor) -> Text:
        """Return why this person can't take it in; until there is a security administrator, the system one does."""
        return "" if accounts.may_grant(by) else super().left_out(by)

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return posts by code."""
        return [_post(post) for post in accounts.posts()]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which posts are new or differ."""
        known = {row["code"]: row for row in self.read(now=now)}
        return list(_differing(checked(wanted, ("code", "name", "capabilities")), known))

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Make and change posts."""
        known = {row["code"]: row for row in self.read(now=now)}
        for row in wanted:
            before = known.get(row["code"], {"needs_second_factor": False})
            wished = {**before, **{key: row[key] for key in _POST if key in row}}
            if before != wished:
                accounts.save_post(**wished, by=by, now=now)


class Units(ConfigPart):
    """The units; those that are missing are opened, none is closed or renamed."""

    code, label, capability, place = "units", gettext_lazy("Units"), "accounts.manage", 10

    def read(self, *, now: datetime) -> Any:  # noqa: ARG002  one signature
        """Return units by code, with the code of their division."""
        return [_unit(unit) for unit in sorted(accounts.units(), key=lambda unit: unit.code)]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which units are new, and which differ and stay as they are."""
        rows = checked(wanted, ("code", "name", "kind", "division"))
        known = {row["code"]: row for row in self.read(now=now)}
        for row in rows:
            if regions.division_by_code(str(row["division"])) is None:
                said = {"unit": row["name"], "division": row["division"]}
                raise ConfigRefusedError(_("Unit %(unit)s: there is no division %(division)s.") % said)
        return [_("new: %(name)s") % {"name": row["name"]} for row in rows if row["code"] not in known]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Open the units that are missing."""
        for row in wanted:
            division = regions.division_by_code(str(row["division"]))
            if accounts.unit_by_code(row["code"]) is None and division is not None:
                accounts.create_unit(
                    code=row["code"], name=row["name"], kind=row["kind"], division_id=division.id,
                    phone=row.get("phone", ""), by=by, now=now,
                )  # fmt: skip


def checked(wanted: Any, needed: Sequence[str]) -> Rows:
    """Return the rows of a part. Raises ConfigRefusedError where they are no list of rows with these keys."""
    if not isinstance(wanted, list) or not all(isinstance(row, Mapping) for row in wanted):
        raise ConfigRefusedError(_("A part of the file must be a list of entries, each with its keys."))
    for place, row in enumerate(wanted, start=1):
        if missing := [key for key in needed if key not in row]:
            said = {"place": place, "keys": ", ".join(missing)}
            raise ConfigRefusedError(_("Entry %(place)s lacks %(keys)s.") % said)
    return wanted


def _differing(rows: Rows, known: Mapping[str, Any]) -> Iterator[str]:
    labels = {
        "name": pgettext("of a post", "name"),
        "capabilities": pgettext("of a post", "rights"),
        "needs_second_factor": pgettext("of a post", "second factor"),
    }
    for row in rows:
        before = known.get(row["code"])
        if before is None:
            yield _("new: %(name)s") % {"name": row["name"]}
        elif keys := [key for key in labels if before[key] != row.get(key, before[key])]:
            said = pgettext("between names", ", ").join(labels[key] for key in keys)
            yield _("changed: %(name)s (%(keys)s)") % {"name": before["name"], "keys": said}


def _post(post: accounts.PostInfo) -> dict[str, Any]:
    return {
        "code": post.code,
        "name": post.name,
        "needs_second_factor": post.needs_second_factor,
        "capabilities": list(post.capabilities),
    }


def _unit(unit: accounts.UnitInfo) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "division": regions.division(unit.division_id).code,
        "phone": unit.phone,
    }
