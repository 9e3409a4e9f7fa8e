"""Groups on the page of an event: what it is linked with, and who else is affected."""

from typing import Any

from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.groups import UnlinkForm
from linli.site.plugins.acts_groups import may_link


def group_context(found: events.Case, actor: accounts.Actor) -> dict[str, Any]:
    """Return the links by kind with what can be ended, and the followers."""
    group = events.group_of(event=found.event, actor=actor)
    linking = may_link(found, actor)
    return {
        "group": group,
        "links": [_link(one, ends=linking and one.kind != events.Link.Kind.MERGED) for one in group.links],
        "linking": linking,
    }


def _link(one: Any, *, ends: bool) -> dict[str, Any]:
    form = UnlinkForm(prefix="unlink", initial={"link_id": one.link_id}, auto_id=f"u{one.link_id}_%s")
    return {"one": one, "label": _label(one), "unlink_form": form if ends else None}


def _label(one: Any) -> str:
    kind = events.Link.Kind(one.kind)
    if kind == events.Link.Kind.CHILD:
        policy = events.Link.Policy(one.policy).label
        return _("part of this one: %(policy)s") % {"policy": policy} if not one.above else _("this is part of it")
    if kind == events.Link.Kind.MERGED:
        return _("merged into this one") if not one.above else _("this was merged into it")
    if kind == events.Link.Kind.CAUSE:
        return _("one of the causes") if not one.above else _("cures the source of this one")
    return str(kind.label)
