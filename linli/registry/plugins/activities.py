"""What the registry brings to the register of processing activities. Samples: a county writes its own versions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.trust import slots as trust

CHOSEN = (
    trust.Activity(
        code="registry.visit", name=pgettext_lazy("purpose", "visit at home"), chosen=True,
        what_for=_("To find, call and visit somebody at home, as the duties of the community say."), is_sample=True,
    ),
    trust.Activity(
        code="registry.verify", name=pgettext_lazy("purpose", "verify what is known"), chosen=True,
        what_for=_("To compare what the base says with what is found on site, and to correct it."), is_sample=True,
    ),
    trust.Activity(
        code="registry.serve", name=pgettext_lazy("purpose", "help with a service"), chosen=True,
        what_for=_("To help somebody apply for or receive a public service."), is_sample=True,
    ),
    trust.Activity(
        code="registry.safety", name=pgettext_lazy("purpose", "safety check"), chosen=True,
        what_for=_("To check dangers to people in a house, such as gas, fire and rented rooms."), is_sample=True,
    ),
    trust.Activity(
        code="registry.emergency", name=pgettext_lazy("purpose", "emergency"), chosen=True, basis="4",
        what_for=_("To protect life, health and property in an emergency."), is_sample=True,
    ),
    trust.Activity(
        code="registry.link", name=pgettext_lazy("purpose", "decide whether two records are one"), chosen=True,
        what_for=_("To decide whether two records of different sources are about one person."), is_sample=True,
    ),
)  # fmt: skip
BOUND = (
    ("registry.find", _("finding somebody in the base"), _("To find the right record; names stand behind a mask.")),
    ("registry.lists", _("keeping the lists of a community"), _("To keep the lists of people to look after.")),
    ("registry.tags", _("working with tags"), _("To mark who needs attention, with a purpose and an end.")),
    ("registry.linking", _("deciding whether two records are one"), _("To merge and split records of sources.")),
    ("registry.lifecycle", _("keeping data no longer than needed"), _("To delete what may be kept no longer.")),
    ("registry.plates", _("keeping door plates"), _("To issue the codes on doors.")),
)
ACTIVITIES = (
    *CHOSEN,
    *(trust.Activity(code=code, name=name, what_for=why, is_sample=True) for code, name, why in BOUND),
)


def register() -> None:
    """Register everything once, at start."""
    for one in ACTIVITIES:
        trust.activities.register(one)
