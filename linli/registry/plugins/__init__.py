"""What the registry plugs into the slots of the floors below."""

from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.registry.models import Entity
from linli.registry.queries import sight
from linli.trust import slots as trust

CAPABILITIES = {
    "registry.see": _("see the people and houses of the area, masked"),
    "registry.reveal": _("see names, telephones and ids whole on a card"),
    "registry.sensitive": _("see sensitive data of people on a card"),
    "registry.export": _("export lists of people and houses"),
    "registry.write": _("take records into the base"),
    "registry.elements": _("change the dictionary of data elements"),
}
WORDS = {
    "person": _("person"),
    "household": _("household"),
    "house": _("house"),
    "building": _("building"),
    "organisation": _("organisation"),
    "place": _("place"),
    "thing": _("thing"),
    "person_list": _("list of people"),
    "house_list": _("list of houses"),
    "element": _("data element"),
    "registry.find": _("finding somebody in the base"),
    "registry.visit": _("visiting somebody"),
    "registry.verify": _("verifying what is known"),
    "registry.serve": _("helping with a service"),
    "registry.safety": _("a safety check"),
    "registry.emergency": _("an emergency"),
    "registry.elements": _("changing the dictionary of data elements"),
    "list": _("a list"),
    "card": _("a card"),
    "around": _("a picture of relations"),
    "relations": _("relations"),
    "name_masked": _("masked name"),
    "address": _("address"),
    "add": _("the addition"),
    "retire": _("the retirement"),
}


def register() -> None:
    """Register everything once, at start."""
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    for capability in (sight.SEE, sight.EXPORT):
        trust.row_filters.register(trust.RowFilter(Entity, capability, where=sight.in_area))
