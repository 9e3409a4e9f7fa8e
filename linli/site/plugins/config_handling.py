"""What grades do, in the configuration file: one line for each grade; taken in, it holds from then on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import api as accounts
from linli.site.slots import ConfigPart, ConfigRefusedError
from linli.trust import api as trust


class GradeHandling(ConfigPart):
    """The line of each grade that holds."""

    code, label, capability, place = "grades", gettext_lazy("What grades do"), "trust.grades", 45

    def read(self, *, now: datetime) -> Any:
        """Return the line of each grade."""
        return [asdict(line) for _grade, line in sorted(trust.handling_at(now).items())]

    def changes(self, wanted: Any, *, now: datetime) -> Sequence[str]:
        """Say which grades would do something else."""
        words = trust.GRADE_WORDS
        return [_("%(grade)s: does something else") % {"grade": words[line.grade]} for line in _new(wanted, now)]

    def write(self, wanted: Any, *, by: accounts.Actor, now: datetime) -> None:
        """Let the lines that differ hold from now on."""
        for line in _new(wanted, now):
            trust.decide_handling(line=line, words=_("from the configuration file"), by=by, now=now)


def _new(wanted: Any, now: datetime) -> Iterator[trust.Handling]:
    held = trust.handling_at(now)
    for one in wanted if isinstance(wanted, Sequence) and not isinstance(wanted, str) else [wanted]:
        line = _line(one)
        if line != held[line.grade]:
            yield line


def _line(said: Any) -> trust.Handling:
    names = set(trust.Handling.__slots__)
    if not isinstance(said, Mapping) or set(said) != names:
        raise ConfigRefusedError(_("Each grade needs these and no others: %(names)s.") % {"names": ", ".join(names)})
    counts = [said[name] for name in ("approve_from", "retention_months", "raise_from", "raise_to")]
    flags = [said[name] for name in ("masked", "sealed", "watermark")]
    whole = all(type(said[name]) is int for name in ("grade", "answer_days", "open_days", "fetches"))
    whole = whole and all(one is None or type(one) is int for one in counts) and isinstance(said["approval"], str)
    if not whole or not all(isinstance(one, bool) for one in flags):
        raise ConfigRefusedError(_("Grades, rows, months and people are whole numbers, the others yes or no."))
    try:
        trust.check_handling(line := trust.Handling(**said))
    except trust.HandlingRefusedError as refused:
        raise ConfigRefusedError(str(refused)) from None
    return line
