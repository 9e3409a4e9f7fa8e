"""The whole configuration as one readable file: written, compared with what is set up, and taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

import linli
from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError, Text, config_parts
from linli.trust import api as trust

LARGEST, HEAD = 5_000_000, "linli"
PURPOSE = "site.config"


@dataclass(frozen=True)
class PartChanges:
    """What taking in one part of a file would change, in sentences; `left_out` is why this person can't take it in."""

    code: str
    label: Text
    changes: Sequence[str]
    left_out: Text


def config_text(*, now: datetime) -> str:
    """Return the configuration of this node as YAML, part after part, each with its note."""
    head = {HEAD: {"version": linli.__version__, "written_at": now.isoformat(timespec="seconds")}}
    return _yaml(head) + "".join(_comment(part.note) + _yaml({part.code: part.read(now=now)}) for part in _parts())


def config_changes(*, text: str, by: accounts.Actor, now: datetime) -> list[PartChanges]:
    """Return what taking in this file would change, part by part. Raises ConfigRefusedError; changes nothing."""
    wanted = _read(text)
    return [
        PartChanges(part.code, part.label, part.changes(wanted[part.code], now=now), part.left_out(by))
        for part in _parts()
        if part.code in wanted
    ]


def take_config(*, text: str, by: accounts.Actor, now: datetime) -> list[PartChanges]:
    """Take in the parts that differ and that this person may change, all of them or none; return these.

    Raises ConfigRefusedError, and what the actions of the parts refuse.
    """
    wanted = _read(text)
    with transaction.atomic():
        changed = [part for part in config_changes(text=text, by=by, now=now) if part.changes and not part.left_out]
        for one in changed:
            config_parts.get(one.code).write(wanted[one.code], by=by, now=now)
        trust.record(
            by=by, action="change", purpose=PURPOSE, subjects=[], object_kind="configuration",
            object_id=str(len(changed)), elements=[one.code for one in changed], now=now,
        )  # fmt: skip
    return changed


def _parts() -> list[ConfigPart]:
    return sorted(config_parts.all(), key=lambda part: part.place)


def _yaml(data: Mapping[str, Any]) -> str:
    written: str = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return written


def _comment(note: Text) -> str:
    return "".join(f"# {line}\n" for line in str(note).splitlines())


def _read(text: str) -> Mapping[str, Any]:
    """Return the file as data. Only plain data is read, whatever the file says."""
    if len(text) > LARGEST:
        raise ConfigRefusedError(_("The file is larger than 5 MB, so it is no configuration; choose another."))
    try:
        found = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ConfigRefusedError(
            _("Line %(line)s can't be read; look at its colons and spaces.") % {"line": line}
        ) from error
    if not isinstance(found, Mapping) or HEAD not in found:
        raise ConfigRefusedError(_("This is no configuration of Linli; it must begin with “linli:”."))
    if unknown := [str(key) for key in found if key != HEAD and key not in {part.code for part in _parts()}]:
        raise ConfigRefusedError(
            _("The file names parts that are not known here: %(parts)s.") % {"parts": ", ".join(unknown)}
        )
    return found
