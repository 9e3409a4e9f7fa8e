"""The policies in the configuration file: how events rise, pause and are objected to; taken in as drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.slots import ConfigPart, ConfigRefusedError


class Policies(ConfigPart):
    """Every kind of policy as it is in force."""

    code, label, capability, place = "policies", gettext_lazy("Policies of the event loop"), "events.rules", 40

    def read(self, *, now: datetime) -> Any:
        """Return the content of each kind."""
        return {kind: dict(content) for kind, content in events.policies_at(now).items()}

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which kinds differ from what is in force."""
        if not isinstance(wanted, Mapping):
            raise ConfigRefusedError(_("The policies must be named one by one, each with what it says."))
        here = self.read(now=now)
        if unknown := [str(kind) for kind in wanted if kind not in here]:
            raise ConfigRefusedError(_("There is no policy called %(names)s.") % {"names": ", ".join(unknown)})
        labels = dict(events.Policy.Kind.choices)
        return [_("%(name)s: a new draft") % {"name": labels[kind]} for kind in wanted if wanted[kind] != here[kind]]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Make a draft of each kind that differs; an officer puts it in force."""
        here = self.read(now=now)
        for kind, content in wanted.items():
            if content != here[kind]:
                events.draft_policy(kind=kind, content=content, by=by, now=now)
