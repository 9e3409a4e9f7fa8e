"""Lists of the base as files that leave: what they are called, and their rows as the exporter may read them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.registry.actions.export import LIST
from linli.registry.queries.exporting import from_data, leaving_of
from linli.registry.queries.sight import EXPORT
from linli.registry.rules.kinds import KINDS
from linli.registry.states import REGISTERS
from linli.trust import slots as trust


class ListOfBase(trust.Export):
    """A list of people, houses or whatever else the base knows, as it was narrowed."""

    code, label, capability = LIST, gettext_lazy("list of the base"), EXPORT

    def fetch(self, *, wanted: Mapping[str, Any], by: accounts.Actor, now: datetime) -> trust.Leaving:
        """Return the rows of now. Raises PurposeMissingError."""
        narrowed, purpose = from_data(wanted)
        return leaving_of(wanted=narrowed, by=by, purpose=purpose, now=now)

    def words(self, wanted: Mapping[str, Any]) -> str:
        """Return the kind and how it is narrowed, without the words that somebody searched for."""
        said = [str(KINDS[wanted["kind"]].label)]
        if wanted["register"] in REGISTERS:
            said.append(str(REGISTERS[wanted["register"]].label))
        said += [_("by a tag")] if wanted["tag_id"] else []
        said += [_("by words")] if wanted["words"] or wanted["where"][0] else []
        return " · ".join(said)
