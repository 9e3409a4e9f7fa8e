"""The policies in the configuration file: how events rise, pause, are objected to, what messages say; as drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.events import api as events
from linli.site.rules.policies import TEXTS
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
        return [line for kind, whole in _differing(wanted, here) for line in _said(kind, whole, here[kind])]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Make a draft of each kind that differs; an officer puts it in force."""
        for kind, content in _differing(wanted, self.read(now=now)):
            events.draft_policy(kind=kind, content=content, by=by, now=now)


def _differing(wanted: Mapping[str, Any], here: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the kinds that differ, each with its whole content: texts that the file leaves out stay as they are."""
    whole = {
        kind: {**here[kind], **content} if kind == TEXTS and isinstance(content, Mapping) else content
        for kind, content in wanted.items()
    }
    return [(kind, content) for kind, content in whole.items() if content != here[kind]]


def _said(kind: str, content: Any, held: Mapping[str, Any]) -> list[str]:
    """Return a line for a kind that differs; of texts one for each that does."""
    name = dict(events.Policy.Kind.choices)[kind]
    if kind != TEXTS or not isinstance(content, Mapping):
        return [_("%(name)s: a new draft") % {"name": name}]
    known = events.text_labels()
    which = [known.get(code, code) for code, text in content.items() if text != held.get(code)]
    return [_("%(name)s: a new draft (%(which)s)") % {"name": name, "which": one} for one in which]
