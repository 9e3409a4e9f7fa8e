"""The register of processing activities as it is in force on a day; read again when it changes."""

from collections.abc import Mapping
from datetime import date

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import slots
from linli.trust.models import ActivityVersion
from linli.trust.rules.activities import BASES, BASIS_TABLE, Activity, activity_from

REVISION = "trust.activities"
_held: tuple[int, dict[str, list[Activity]]] = (-1, {})


def register_on(day: date) -> dict[str, Activity]:
    """Return what stands in the register on a day, by code, in order; what has ended is left out."""
    here = {code: one for code, versions in _versions().items() if (one := _in_force(versions, day))}
    shipped = {one.code: one for one in slots.activities.all()}
    found = {**shipped, **here}
    return {code: found[code] for code in sorted(found) if not found[code].is_ended}


def activity(code: str, *, on: date) -> Activity | None:
    """Return one activity as it stands on a day; None where it does not stand in the register."""
    return register_on(on).get(code)


def history_of(code: str) -> list[ActivityVersion]:
    """Return every version of an activity, the newest first, with who made it."""
    return list(ActivityVersion.objects.filter(code=code).select_related("made_by").order_by("-number"))


def newest_of(code: str) -> Activity | None:
    """Return the newest version of an activity, whenever it begins; what is shipped where there is none."""
    versions = _versions().get(code)
    return versions[-1] if versions else next((one for one in slots.activities.all() if one.code == code), None)


def basis_labels() -> dict[str, str]:
    """Return the legal bases in words, by code: the items of article 13 of the Personal Information Protection Law."""
    labels = {entry.code: entry.label for entry in kernel.code_entries(BASIS_TABLE)}
    return {code: labels.get(code, code) for code in BASES}


def may_choose(held: accounts.ActorHolding, one: Activity) -> bool:
    """Tell whether the register lets this post, in this unit, choose the activity."""
    if one.posts and held.post_code not in one.posts:
        return False
    return not one.units or accounts.unit(held.unit_id).code in one.units


def _in_force(versions: list[Activity], day: date) -> Activity | None:
    return next((one for one in reversed(versions) if one.begins_on is None or one.begins_on <= day), None)


def _versions() -> Mapping[str, list[Activity]]:
    global _held  # noqa: PLW0603  the register is one per process
    present = kernel.revision(REVISION)
    if _held[0] != present:
        found: dict[str, list[Activity]] = {}
        for row in ActivityVersion.objects.order_by("code", "number"):
            more = {"number": row.number, "begins_on": row.begins_on, "is_sample": row.is_sample}
            found.setdefault(row.code, []).append(activity_from(row.code, row.content, **more))
        _held = (present, found)
    return _held[1]
