"""Who lives in one household 同户人员: of a person the others, of a household everybody; four queries for all."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models.fields.json import KT

from linli.accounts import api as accounts
from linli.registry.models import Relation
from linli.registry.queries.homes import holding
from linli.registry.queries.sight import SEE, entities_seen_by
from linli.registry.rules.kinds import HOUSEHOLD, MEMBER_OF, PERSON
from linli.trust import api as trust

LAST = "~"  # behind every code


def others_at_home(
    *, kind: str, ids: Sequence[UUID], viewer: accounts.Actor, on: date
) -> dict[UUID, tuple[UUID, ...]]:  # fmt: skip
    """Return for each person, or household, the members whom the viewer sees: the head first, by relation to the head.

    Of a person the newest household on a day counts, and the person is not among the members.
    """
    ties = Relation.objects.filter(holding(on), bond=MEMBER_OF)
    of_people = ties.filter(start_id__in=ids).order_by("valid_from", "id").values_list("start_id", "end_id")
    homes = {key: key for key in ids} if kind == HOUSEHOLD else dict(of_people)
    members = list(ties.filter(end_id__in=set(homes.values())).values_list("end_id", "start_id").distinct())
    with trust.sight(viewer, SEE):
        seen = entities_seen_by(viewer, PERSON).filter(merged_into=None, id__in={member for _home, member in members})
        kin = dict(seen.values_list("id", KT("attributes__kinship")))
    found: dict[UUID, list[UUID]] = {}
    for home, member in sorted(members, key=lambda one: (kin.get(one[1]) or LAST, one[1])):
        if member in kin:
            found.setdefault(home, []).append(member)
    return {key: tuple(one for one in found.get(home, ()) if one != key) for key, home in homes.items()}


__all__ = ["others_at_home"]
