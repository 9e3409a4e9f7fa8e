"""What an application or a grant asks of people 用数收集场景, as the over-collection check judges it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from linli.exchange import states
from linli.exchange.models import Application, Grant
from linli.registry import api as registry
from linli.trust import api as trust

DOMAIN = "registry"
Row = Application | Grant


def asking_of(row: Row, elements: Mapping[str, registry.ElementInfo] | None = None) -> trust.Asking:
    """Return what one asks for. What is asked masked counts as what each desk reads: nobody reads the value."""
    known = registry.elements_of(row.kind) if elements is None else elements
    application = row if isinstance(row, Application) else row.application
    return trust.Asking(
        code=str(row.number), kind="grant" if isinstance(row, Grant) else "dataset",
        label=f"{row.maker} · {registry.KINDS[row.kind].label}",
        activity=f"{DOMAIN}.{row.purpose}", unit_id=row.owner_unit_id,
        elements=tuple(
            _asked(known[code], row.kind, is_whole=code in row.lifted, words=application.words)
            for code in row.elements
            if code in known
        ),
    )  # fmt: skip


def too_much(row: Row, day: date) -> list[trust.Judged]:
    """Return what asks for more than its purpose needs in one application or grant, nothing decided about it yet."""
    return [one for one in trust.findings_of(asking_of(row), day=day).found if one.is_open]


def open_applications() -> list[tuple[UUID, trust.Asking]]:
    """Return the applications that wait for an answer here, by id."""
    rows = Application.objects.filter(state=states.APPLIED).select_related("unit", "owner_unit", "peer")
    return [(row.pk, asking_of(row)) for row in rows.order_by("number")]


def open_grants_on(day: date) -> list[tuple[UUID, trust.Asking]]:
    """Return the grants that may be used on a day, by id."""
    rows = Grant.objects.filter(state=states.ACTIVE, starts_on__lte=day, ends_on__gte=day)
    return [(row.pk, asking_of(row)) for row in rows.select_related("unit", "application").order_by("number")]


def _asked(one: registry.ElementInfo, kind: str, *, is_whole: bool, words: str) -> trust.Asked:
    grade = one.grade if is_whole else min(one.grade, trust.highest_seen())
    return trust.Asked(
        code=f"{kind}.{one.code}", label=one.label, grade=grade,
        is_sensitive=one.sensitive and is_whole, necessity=words if is_whole else "",
    )  # fmt: skip
