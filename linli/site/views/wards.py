"""For whom a resident acts 为谁办理: themselves, or somebody for whom an officer confirmed them as guardian."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.trust import api as trust

FOR = "for"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose data a page is about: `ward` is None for the own, `label` has no given name, `tail` goes on a link."""

    of: trust.Oneself
    ward: UUID | None
    choices: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        """What the ward is called, nothing for oneself."""
        return self.of.label

    @property
    def tail(self) -> str:
        """What keeps the choice from page to page."""
        return f"?{urlencode({FOR: str(self.ward)})}" if self.ward else ""


def whom(request: HttpRequest, actor: accounts.Actor, now: datetime) -> Whom:
    """Return for whom the page was asked: by `?for=` or the field of that name. 404 where they are not guardian now."""
    asked = request.POST.get(FOR) or request.GET.get(FOR) or ""
    wards = trust.wards_of(actor, now=now)
    known = {str(one.id): one.id for one in wards}
    if asked and asked not in known:
        raise Http404
    ward = known.get(asked)
    choices = [{"label": _("Myself"), "url": request.path, "current": ward is None}]
    choices += [
        {"label": one.label, "url": f"{request.path}?{urlencode({FOR: str(one.id)})}", "current": one.id == ward}
        for one in wards
    ]
    return Whom(trust.oneself(actor, now=now, ward=ward), ward, tuple(choices) if wards else ())
