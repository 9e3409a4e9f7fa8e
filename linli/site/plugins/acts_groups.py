"""The acts on groups of events: link, merge, parts, and taking it back."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.forms.groups import ChildForm, LinkForm, MergeForm, SplitForm, UnlinkForm
from linli.site.slots import DeskAct, acting, never

PLACE = 76


def acts() -> list[DeskAct]:
    """Return them in the order of use."""
    return [
        DeskAct(
            "merge", _("Merge into another"), _("The event is merged; its reporter and followers get the one reply."),
            acting(events.merge_event), may_link, MergeForm,
            _("It ends here and is handled with the other one. It can be taken out again."), place=PLACE,
        ),
        DeskAct(
            "link", _("Link with another"), _("The two events are linked."),
            acting(events.link_events), may_link, LinkForm, place=PLACE + 1,
        ),
        DeskAct(
            "child", _("Add a part"), _("The other event is part of this one now."),
            acting(events.add_child), may_link, ChildForm,
            _("The other event keeps its own unit and deadlines."), place=PLACE + 2,
        ),
        DeskAct(
            "split", _("Take out of the group"), _("The event is open by itself again."),
            acting(events.split_event), _merged, SplitForm,
            _("Its own unit has it again, its own followers come back."), place=PLACE,
        ),
        DeskAct("unlink", _("End the link"), _("The link has ended."), acting(events.unlink), never, UnlinkForm),
    ]  # fmt: skip


def may_link(found: events.Case, actor: accounts.Actor) -> bool:
    """Tell whether somebody dispatches or leads an event that has not ended."""
    return found.event.is_open and _works_on(found, actor)


def _merged(found: events.Case, actor: accounts.Actor) -> bool:
    return found.event.state == "merged" and _works_on(found, actor)


def _works_on(found: events.Case, actor: accounts.Actor) -> bool:
    units = {held.unit_id for held in actor.holdings_with("events.handle")}
    return actor.can("events.dispatch") or found.event.lead_unit_id in units
