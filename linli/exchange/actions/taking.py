"""Rows of a page made into statements of the registry; what is wrong with a row is named and kept."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.exchange.models import Page, Rejected, Run
from linli.exchange.rules.catalogue import within_cycle
from linli.exchange.rules.conversions import converter, day, other_words
from linli.exchange.rules.mapping import Mapped, from_data, source_key
from linli.exchange.rules.tables import BROKEN
from linli.kernel import api as kernel
from linli.registry import api as registry

REMEMBERED = 40_000  # values of a column whose reading is remembered: days, codes, places
Row = tuple[int, list[str]]
Reason = dict[str, Any]


class Bad(NamedTuple):
    """What a cell says that does not fit its element, and why."""

    text: str
    sentence: str


class Read(NamedTuple):
    """What a row says: its key, clean values by element, (text, sentence) of bad ones, what is wrong, when observed."""

    line: int
    key: str
    values: dict[str, Any]
    bad: dict[str, Bad]
    reasons: list[Reason]
    observed_at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the row can be taken."""
        return bool(self.reasons) and any(reason["whole"] for reason in self.reasons)

    @property
    def said(self) -> dict[str, Any]:
        """What a statement says: also what is bad, so that the base names it."""
        return self.values | {code: text for code, (text, _problem) in self.bad.items()}


class Reader:
    """Reads rows under one header by the mapping of a data set; made once for many rows."""

    def __init__(self, *, kind: str, mapping: Sequence[Mapped], keys: Sequence[str], observed: str,
                 header: Sequence[str], now: datetime) -> None:  # fmt: skip
        places = {name: place for place, name in enumerate(header)}
        self.elements = registry.elements_of(kind)
        cleaners = registry.cleaners_of(kind, today=timezone.localdate(now))
        self.columns: list[tuple[int, Callable[[str], Any]]] = []
        self.names: dict[str, str] = {}
        for one in mapping:
            if one.column in places and (element := self.elements.get(one.element)):
                codes = [(entry.code, entry.label) for entry in kernel.code_entries(element.table)]
                codes += other_words(element.table)
                read = partial(_read_cell, converter(one.conversion, codes), cleaners[one.element])
                is_repeated = element.search != "exact"
                known = kernel.Remembered(read, most=REMEMBERED).__getitem__ if is_repeated else read
                self.columns.append((places[one.column], known))
                self.names[one.element] = one.column
        self.keys = [places[name] for name in keys if name in places]
        self.observed = places.get(observed)
        self.identifying = {code for code, element in self.elements.items() if element.identifies}
        self.now = now

    def read(self, rows: Sequence[Row]) -> list[Read]:
        """Read rows, column by column."""
        cells = list(zip(*[row for _line, row in rows], strict=False))
        said = [map(known, cells[place]) for place, known in self.columns] if cells else ()
        columns = zip(*said, strict=True) if said else repeat(())
        return [self._read(line, row, values) for (line, row), values in zip(rows, columns, strict=False)]

    def _read(self, line: int, row: Sequence[str], said: Sequence[Any]) -> Read:
        values = {code: value for code, value in zip(self.names, said, strict=True) if value is not None}
        bad = {code: value for code, value in values.items() if value.__class__ is Bad}
        for code in bad:
            del values[code]
        key = self._key(row, values)
        reasons = self._reasons(row, key, values, bad)
        return Read(line, key, values, bad, reasons, self._observed(row))

    def _reasons(self, row: Sequence[str], key: str, values: Mapping[str, Any], bad: Mapping[str, Bad]) -> list[Reason]:
        reasons = [
            {"column": self.names[code], "sentence": problem, "whole": code in self.identifying}
            for code, (_text, problem) in bad.items()
        ]
        if BROKEN in "".join(row):
            reasons.append(_reason(_("Characters of this row can't be read; the file was damaged or saved wrongly.")))
        elif not values:
            reasons.append(_reason(_("This row says nothing.")))
        elif not key:
            reasons.append(_reason(_("The row has no number by which it is known at the source.")))
        return reasons

    def _key(self, row: Sequence[str], values: Mapping[str, Any]) -> str:
        if self.keys:
            return source_key([row[place] for place in self.keys])
        key = next((str(values[code]) for code in values if code in self.identifying), "")
        return kernel.keyed_token(key, context="exchange.key") if key else ""

    def _observed(self, row: Sequence[str]) -> datetime:
        """Return when the row was observed: noon of the day it names, else now."""
        if self.observed is None:
            return self.now
        try:
            found = datetime.fromisoformat(day(row[self.observed]))
        except ValueError:
            return self.now
        noon = timezone.make_aware(found.replace(hour=12)) if found.tzinfo is None else found
        return min(noon, self.now)


class Taking:
    """Takes pages of one run in, and counts in it what becomes of their rows."""

    def __init__(self, run: Run, now: datetime) -> None:
        dataset = run.dataset
        self.run, self.now, self.problems = run, now, Counter[tuple[str, str]]()
        self.reader = Reader(
            kind=dataset.kind, mapping=from_data(dataset.mapping), keys=dataset.keys, observed=dataset.observed_column,
            header=run.header, now=now,
        )  # fmt: skip

    def tried(self, rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
        """Return how many values of each column are filled and how many of those do not fit; nothing is taken."""
        counts = {column: [0, 0] for column in self.reader.names.values()}
        for one in self.reader.read(list(rows)):
            self._count(one, counts)
        return {column: (filled, bad) for column, (filled, bad) in counts.items()}

    def take(self, page: Page, *, by: accounts.Actor) -> None:
        """Take one page in, in the caller's transaction."""
        self.take_rows([(line, row) for line, row in json.loads(page.content.reveal())], by=by)

    def take_rows(self, rows: Sequence[Row], *, by: accounts.Actor) -> None:
        """Take rows in; those that are wrong are kept aside."""
        read = self.reader.read(rows)
        good = [one for one in read if not one.is_whole]
        dataset = self.run.dataset
        statements = [registry.Statement(one.key, one.said, one.observed_at) for one in good]
        taken = registry.take_in(
            source=dataset.source_id,
            kind=dataset.kind,
            statements=statements,
            run=str(self.run.id),
            by=by,
            now=self.now,
        )
        wrong = [(one, row) for one, (_line, row) in zip(read, rows, strict=True) if one.reasons]
        Rejected.objects.bulk_create(
            Rejected(
                run=self.run, dataset=dataset, line=one.line, reasons=one.reasons, is_whole=one.is_whole,
                content=json.dumps(row, ensure_ascii=False),
            )
            for one, row in wrong
        )  # fmt: skip
        self._report(read, good, taken)

    def most_frequent(self, most: int = 20) -> list[tuple[str, str, int]]:
        """Return what was wrong, as (column, sentence, how often), the most frequent first."""
        return [(column, sentence, count) for (column, sentence), count in self.problems.most_common(most)]

    def _report(self, read: Sequence[Read], good: Sequence[Read], taken: registry.Taken) -> None:
        run, cycle = self.run, self.run.dataset.cycle
        run.done += len(read)
        run.new, run.changed = run.new + taken.new, run.changed + taken.changed
        run.confirmed += taken.confirmed
        run.rejected += len(read) - len(good)
        run.partly += sum(bool(one.reasons) for one in good)
        run.repeated += len(good) - len({one.key for one in good})
        run.timely += sum(within_cycle(cycle, one.observed_at, self.now) for one in read)
        counts = {column: [0, 0] for column in self.reader.names.values()}
        for one in read:
            self._count(one, counts)
            self.problems.update((reason["column"], reason["sentence"]) for reason in one.reasons)
        for column, (filled, bad) in counts.items():
            kept = run.columns.setdefault(column, {"filled": 0, "bad": 0})
            kept["filled"] += filled
            kept["bad"] += bad

    def _count(self, one: Read, counts: dict[str, list[int]]) -> None:
        for code in (*one.values, *one.bad):
            counts[self.reader.names[code]][0] += 1
        for reason in one.reasons:
            if reason["column"] in counts:
                counts[reason["column"]][1] += 1


def _reason(sentence: str) -> Reason:
    return {"column": "", "sentence": sentence, "whole": True}


def _read_cell(convert: Callable[[str], str], clean: Callable[[str], tuple[Any, str]], raw: str) -> Any:
    """Return the clean value of a cell, Bad for one that does not fit, None where nothing is said."""
    if not (text := convert(raw)):
        return None
    value, problem = clean(text)
    return Bad(text, problem) if problem else value
