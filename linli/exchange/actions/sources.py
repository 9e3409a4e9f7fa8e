"""Connections 数据源连接 and data sets 目录条目: written down, tried, mapped."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.actions.reading import ask_connector
from linli.exchange.models import Connection, Dataset
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.addresses import without_password
from linli.exchange.rules.mapping import Mapped, as_data, check_mapping
from linli.exchange.rules.refusals import ExchangeRefusedError, SettingsRefusedError
from linli.exchange.slots import connectors
from linli.registry import api as registry
from linli.trust import api as trust

DATASET_FIELDS = (
    "name", "abstract", "category", "provider", "kind", "sharing", "condition", "openness", "cycle", "resource",
    "cursor_column", "overlap", "every_minutes",
)  # fmt: skip
SEALED_AS = "password"  # the secret under which connectors that sign in keep one


@dataclass(frozen=True)
class DatasetDraft:
    """A data set as somebody writes it down. `department` is the owner name that data elements use."""

    code: str
    name: str
    provider: str
    department: str
    kind: str
    abstract: str = ""
    category: str = ""
    sharing: str = "conditional"
    condition: str = ""
    openness: str = "no"
    cycle: str = "monthly"
    connection: str = ""
    resource: str = ""
    cursor_column: str = ""
    overlap: int = 0
    every_minutes: int | None = None
    source: str = ""
    is_sample: bool = False


@transaction.atomic
def save_connection(
    *, code: str, name: str, connector: str, values: Mapping[str, str], division_id: int, by: accounts.Actor,
    now: datetime,
) -> Connection:  # fmt: skip
    """Write a connection down, or change it. A secret that is left empty stays as it was.

    A password inside an address is taken out of it and sealed; it is refused where the connector has no room for one.
    Raises NotAllowed, SettingsRefusedError.
    """
    trust.require(by, SOURCES)
    secret = {one.code for one in connectors.get(connector).settings if one.is_secret}
    row = Connection.objects.select_for_update().filter(pk=code).first()
    if row is not None:
        trust.require(by, SOURCES, row)
    kept = secrets_of(row) if row is not None and row.connector == connector else {}
    plain, found = _apart({one.code: values.get(one.code, "") for one in connectors.get(connector).settings
                           if not one.is_secret}, has_room=SEALED_AS in secret)  # fmt: skip
    typed = {**kept, **found, **{name: values[name] for name in secret if values.get(name)}}
    secrets = {name: typed.get(name, "") for name in secret}
    told = {"name": name, "connector": connector, "settings": plain, "secrets": json.dumps(secrets),
            "division_id": division_id, "saved_by": by.name, "saved_at": now}  # fmt: skip
    row, _made = Connection.objects.update_or_create(pk=code, defaults=told)
    _require_mine(by, row)
    _note(by, "change", "connection", code, now)
    return row


def _apart(plain: Mapping[str, str], *, has_room: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Return settings without the passwords in their addresses, and the password that was there."""
    bare, found = {}, {}
    for name, text in plain.items():
        bare[name], password = without_password(text)
        if password and not has_room:
            raise SettingsRefusedError(
                name, _("Leave the password out of the address: it would be shown to everybody.")
            )
        if password:
            found[SEALED_AS] = password
    return bare, found


def secrets_of(connection: Connection) -> dict[str, str]:
    """Return the secrets of a connection; for asking the other side only."""
    found: dict[str, str] = json.loads(Connection.objects.get(pk=connection.pk).secrets.reveal() or "{}")
    return found


def check_connection(*, connection: Connection, by: accounts.Actor, now: datetime, seconds: float = 30) -> str:
    """Try a connection and return a sentence. Raises NotAllowed, SourceUnreachableError, SettingsRefusedError."""
    trust.require(by, SOURCES, connection)
    _note(by, "check", "connection", connection.pk, now)
    values = {**connection.settings, **secrets_of(connection)}
    return ask_connector(connection.connector, values, seconds=seconds)


@transaction.atomic
def save_dataset(*, draft: DatasetDraft, division_id: int, by: accounts.Actor, now: datetime) -> Dataset:
    """Put a data set into the catalogue, or change its entry. Raises NotAllowed, ExchangeRefusedError."""
    trust.require(by, SOURCES)
    row = Dataset.objects.select_for_update().filter(pk=draft.code).first() or Dataset(pk=draft.code, added_at=now)
    if not row._state.adding:  # noqa: SLF001  Django documents it
        trust.require(by, SOURCES, row)
        if row.kind != draft.kind and row.runs.exists():
            raise ExchangeRefusedError(_("What a data set is about can't change once it brought something."))
    if draft.sharing != "unconditional" and not draft.condition.strip():
        raise ExchangeRefusedError(_("Say on which condition it is shared, or on which legal basis it is not."))
    for name in DATASET_FIELDS:
        setattr(row, name, getattr(draft, name))
    row.source = _source_of(draft, now)
    row.connection_id, row.division_id, row.is_sample = draft.connection or None, division_id, draft.is_sample
    row.save()
    _require_mine(by, row)
    _note(by, "change", "dataset", draft.code, now)
    return row


@transaction.atomic
def confirm_mapping(
    *, dataset: Dataset, mapping: Sequence[Mapped], keys: Sequence[str], header: Sequence[str], observed: str = "",
    by: accounts.Actor, now: datetime,
) -> Dataset:  # fmt: skip
    """Put a mapping of columns in force; the next runs use it. Raises NotAllowed, MappingRefusedError."""
    trust.require(by, SOURCES, dataset)
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    check_mapping(mapping, keys, header, registry.elements_of(row.kind))
    row.mapping, row.keys, row.observed_column = as_data(mapping), list(keys), observed
    row.mapped_by, row.mapped_at = by.name, now
    row.save(update_fields=["mapping", "keys", "observed_column", "mapped_by", "mapped_at"])
    _note(by, "map", "dataset", row.code, now)
    return row


def _source_of(draft: DatasetDraft, now: datetime) -> registry.Source:
    """Return who speaks through a data set: a source that the base knows by another name keeps it."""
    known = registry.Source.objects.filter(pk=draft.source).first() if draft.source else None
    if known is not None and draft.source != draft.code:
        return known
    return registry.register_source(
        code=draft.source or draft.code,
        name=draft.name,
        department=draft.department,
        is_sample=draft.is_sample,
        now=now,
    )


def _require_mine(by: accounts.Actor, row: Any) -> None:
    """Refuse what would lie outside the own area, once it is written and before it is committed."""
    trust.require(by, SOURCES, row)


def _note(by: accounts.Actor, action: str, kind: str, code: str, now: datetime) -> None:
    trust.record(
        by=by, action=action, purpose=SOURCES, subjects=[], object_kind=kind, object_id=code, elements=[], now=now
    )
