"""What the registry plugs into the slots of the floors below."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.accounts import slots as accounts
from linli.regions import api as regions
from linli.registry.models import (
    Change,
    Deletion,
    Element,
    Entity,
    Identifier,
    Identity,
    Listing,
    ListingStep,
    Relation,
    Source,
    SourceRecord,
    Tag,
    TagMark,
)
from linli.registry.plugins import activities, explaining
from linli.registry.plugins.exports import ListOfBase
from linli.registry.plugins.glass import PeopleOfTheBase
from linli.registry.plugins.surroundings import BaseSurroundings
from linli.registry.queries import bindings, changes, lifecycle, sight
from linli.registry.rules.dictionary import read_dictionary
from linli.registry.rules.masks import ledger_word
from linli.trust import slots as trust

GUARDED = (Entity, Identifier, Identity, SourceRecord, Relation, TagMark, Listing, ListingStep)
OPEN = (Element, Source, Tag)
CAPABILITIES = {
    "registry.see": _("see the people and houses of the area, masked"),
    "registry.reveal": _("see names, telephones and ids whole on a card"),
    "registry.sensitive": _("see sensitive data of people on a card"),
    "registry.export": _("export lists of people and houses"),
    "registry.delete": _("propose deletions from the base, and decide those of others"),
    "registry.write": _("take records into the base"),
    "registry.elements": _("change the dictionary of data elements"),
    "registry.link": _("decide whether two records are one"),
    "registry.keep": _("keep the lists and door plates of the area"),
    "registry.confirm": _("confirm at the counter who a resident is"),
    "registry.tags": _("define tags, give and take them"),
    "registry.tags.sensitive": _("see sensitive tags"),
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
    "area_table": _("table of figures by area"),
    "household_list": _("list of households"),
    "building_list": _("list of buildings"),
    "organisation_list": _("list of organisations"),
    "place_list": _("list of places"),
    "thing_list": _("list of things"),
    "element": _("data element"),
    "registry.find": _("finding somebody in the base"),
    "registry.visit": _("visiting somebody"),
    "registry.verify": _("verifying what is known"),
    "registry.serve": _("helping with a service"),
    "registry.safety": _("a safety check"),
    "registry.emergency": _("an emergency"),
    "registry.elements": _("changing the dictionary of data elements"),
    "list": _("a list"),
    "changes": _("changes of the week"),
    "change_list": _("list of changes"),
    "card": _("a card"),
    "around": _("a picture of relations"),
    "sides": _("what each source says"),
    "relations": _("relations"),
    "name_masked": _("masked name"),
    "address": _("address"),
    "add": _("the addition"),
    "retire": _("the retirement"),
    "release": _("the release"),
    "propose": _("the proposal to delete"),
    "delete": _("the deletion"),
    "keep": _("keeping it"),
    "deletion": _("deletion from the base"),
    "retention_rule": _("rule of how long data are kept"),
    "registry.lifecycle": _("keeping data no longer than needed"),
    "feed_page": _("page of a change feed"),
    "registry.link": _("deciding whether two records are one"),
    "registry.linking": _("deciding whether two records are one"),
    "identity": _("who is who"),
    "merge_records": _("a merge"),
    "split_record": _("a split"),
    "pin_records": _("a decision that two are one"),
    "forbid_records": _("a decision that two are two"),
    "undecide_records": _("a decision taken back"),
    "registry.lists": _("keeping the lists of a community"),
    "registry.plates": _("keeping door plates"),
    "registry.tags": _("working with tags"),
    "listing": _("line of a list"),
    "tag": _("tag"),
    "list_register": _("a registration"),
    "list_renew": _("a renewal"),
    "list_close": _("the end of a registration"),
    "plate_issue": _("issuing a door plate"),
    "plate_replace": _("replacing a door plate"),
    "registry.place_names": _("to keep the names of places"),
    "place_name_add": _("writing down the name of a place"),
    "place_name_end": _("ending the name of a place"),
    "place_name_withdraw": _("withdrawing the name of a place"),
    "registry.binding": _("confirming who somebody is"),
    "binding": _("a confirmed account"),
    "confirm_identity": _("a confirmation at the counter"),
    "end_binding": _("the end of a confirmation"),
    "identity_paper": _("the document that was shown"),
    "registry.guardians": _("confirming who is guardian"),
    "guardianship": _("a guardianship"),
    "start_guardianship": _("the begin of a guardianship"),
    "end_guardianship": _("the end of a guardianship"),
    "guardianship_paper": _("document of the guardianship"),
    "tag_define": _("defining a tag"),
    "tag_retire": _("retiring a tag"),
    "tag_give": _("giving a tag"),
    "tag_take": _("taking a tag away"),
    "tag_exempt": _("a tag of a rule taken away by a person"),
    "tag_end": _("the end of a tag with its event"),
    "tag_resume": _("the return of a tag with its event"),
    "tag_done": _("a tick in the list of a tag"),
    "tag_undone": _("a tick taken back"),
}


def register() -> None:
    """Register everything once, at start."""
    activities.register()
    explaining.register()
    trust.glasses.register(PeopleOfTheBase())
    trust.exports.register(ListOfBase())
    trust.surroundings.register(BaseSurroundings())
    for code, label in CAPABILITIES.items():
        accounts.capabilities.register(accounts.Capability(code, label))
    for model in (*GUARDED, *OPEN):
        table = model._meta.db_table  # noqa: SLF001  Django's public _meta
        trust.readables.register(trust.Readable(table, guarded=model in GUARDED))
    for code, label in WORDS.items():
        trust.words.register(trust.Word(code, label))
    trust.selves.register(bindings.BoundPerson())
    trust.holders.register(bindings.PersonRecord())
    for element in read_dictionary():
        trust.words.register(trust.Word(ledger_word(element.kind, element.code, "plain"), element.label))
        masked = format_lazy("{label}{note}", label=element.label, note=_(" (masked)"))
        trust.words.register(trust.Word(ledger_word(element.kind, element.code, "masked"), masked))
    for capability in (sight.SEE, sight.EXPORT, sight.KEEP, sight.TAGS, sight.SENSITIVE_TAGS):
        trust.row_filters.register(trust.RowFilter(Entity, capability, where=sight.in_area))
    for capability in (sight.SEE, sight.SENSITIVE):
        trust.row_filters.register(trust.RowFilter(Change, capability, where=changes.heard_in))
    trust.row_filters.register(trust.RowFilter(regions.Address, sight.KEEP, where=sight.address_in_area))
    trust.row_filters.register(trust.RowFilter(regions.PlaceName, sight.KEEP, where=sight.place_name_in_area))
    trust.row_filters.register(trust.RowFilter(Deletion, lifecycle.DELETE, where=changes.heard_in))
