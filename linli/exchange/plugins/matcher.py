"""Linkage as the registry asks for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.exchange.actions.link_online import keep_drafts, match_drafts
from linli.exchange.rules.linkage_kinds import KINDS
from linli.registry import slots


class LinkageMatcher(slots.Matcher):
    """Finds people, houses and households by likeness."""

    code = "linkage"
    label = _("Linkage by likeness")
    kinds = KINDS

    def match(self, *, kind: str, drafts: Sequence[slots.Draft]) -> Mapping[str, slots.Finding]:
        """Ask the index."""
        return match_drafts(kind=kind, drafts=drafts)

    def keep(
        self, *, source: str, kind: str, drafts: Sequence[slots.Draft], findings: Mapping[str, slots.Finding],
        now: datetime,
    ) -> None:  # fmt: skip
        """Put what was said into the index."""
        keep_drafts(source=source, kind=kind, drafts=drafts, findings=findings, now=now)
