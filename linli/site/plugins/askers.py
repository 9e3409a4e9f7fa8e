"""What the pages of the site ask of people, read from the very forms; and the devices of the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.site.forms.binding import BindForm
from linli.site.forms.desk import EntryForm
from linli.site.forms.resident import WhatForm, WhereForm, WhoForm
from linli.site.forms.supervision import AppointForm
from linli.trust import api as trust
from linli.trust import slots

Text = str | Promise
TEXT, PLACE, NUMBER = 2, 2, 3  # grades as the rules propose them: words and places 2, names and numbers 3
ELEMENTS: Mapping[str, tuple[Text, int]] = {
    "event.text": (_("what happened"), TEXT),
    "event.place": (_("where it is"), PLACE),
    "event.photo": (_("photos"), TEXT),
    "reporter.name": (_("name of the reporter"), NUMBER),
    "reporter.phone": (_("telephone of the reporter"), NUMBER),
    "volunteer.phone": (_("telephone of the volunteer"), NUMBER),
    "person.phone": (_("telephone"), NUMBER),
}
_WHERE = {"address": "event.place", "division": "event.place", "lng": "event.place", "lat": "event.place"}


@dataclass(frozen=True, slots=True)
class AskingPage:
    """One page that asks people for data: its forms, its activity, and which field asks for which element."""

    code: str
    label: Text
    url: str
    activity: str
    forms: tuple[type[forms.Form], ...]
    fields: Mapping[str, str]


PAGES = (
    AskingPage(
        "form.report", _("Report of a resident"), "site:report", "events.intake", (WhatForm, WhereForm, WhoForm),
        {"text": "event.text", "photos": "event.photo", **_WHERE, "phone": "reporter.phone", "name": "reporter.name"},
    ),
    AskingPage(
        "form.entry", _("Report taken down at the desk"), "desk:entry", "events.intake", (EntryForm,),
        {
            "text": "event.text", "photos": "event.photo", "address": "event.place", "reporter_name": "reporter.name",
            "reporter_phone": "reporter.phone",
        },
    ),
    AskingPage(
        "form.volunteer", _("Appointing a volunteer checker"), "desk:volunteers", "events.volunteers", (AppointForm,),
        {"phone": "volunteer.phone"},
    ),
    AskingPage(
        "form.binding", _("Showing the identity card at the counter"), "", "registry.find", (BindForm,),
        {"phone": "person.phone"},
    ),
)  # fmt: skip


class FormAsker(slots.Asker):
    """The forms of the site. What they ask for is read from their fields, so the list can't differ from the page."""

    code, label = "forms", _("forms")

    def askings(self, *, day: date) -> Sequence[slots.Asking]:  # noqa: ARG002  one signature
        """Return what each page asks. No query."""
        return [asking_of(page) for page in PAGES]


class DeviceAsker(slots.Asker):
    """What the devices of the register take down of people."""

    code, label = "devices", _("devices")

    def askings(self, *, day: date) -> Sequence[slots.Asking]:  # noqa: ARG002  one signature
        """Return it for every device that stands. Two queries."""
        return [replace(one, url=reverse("desk:device", args=[one.code])) for one in trust.askings_of_devices()]


def asking_of(page: AskingPage) -> slots.Asking:
    """Return what a page asks for: each element once, required where one of its fields is."""
    found: dict[str, bool] = {}
    for form in page.forms:
        for name, field in form.base_fields.items():
            if name in page.fields:
                code = page.fields[name]
                found[code] = found.get(code, False) or field.required
    elements = tuple(
        slots.Asked(code=code, label=ELEMENTS[code][0], grade=ELEMENTS[code][1], is_required=required)
        for code, required in found.items()
    )
    url = reverse(page.url) if page.url else ""
    return slots.Asking(
        code=page.code, kind=slots.FORM, label=page.label, activity=page.activity, elements=elements, url=url
    )


def register() -> None:
    """Register both, once, at start."""
    slots.askers.register(FormAsker())
    slots.askers.register(DeviceAsker())
