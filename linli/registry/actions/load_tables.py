"""The rows of a first load for each table, column by column, as COPY takes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from operator import itemgetter

import orjson

from linli.kernel import api as kernel
from linli.registry.actions.load_heads import REMEMBERED, Made, Told
from linli.registry.actions.take_in import DIGEST, digested, span_of
from linli.registry.models.entity import AREA_COLUMNS
from linli.registry.rules.heads import Part, written

copying = kernel.copying
ENTITY = (
    "id, kind, label, sort, attributes, sealed, origins, subjects, terms, is_due, changed_at,"
    f" {', '.join(AREA_COLUMNS)}, is_apart"
)
RECORD = (
    "id, source_id, key, entity_id, payload, digest, problems, is_verified, observed_at, confirmed_at, recorded_at,"
    " valid_from, valid_to, run, by"
)
IDENTITY, IDENTIFIER = "id, source_id, kind, key, entity_id, since", "entity_id, kind, element, token"
NO_PROBLEMS = copying.json(b"{}")


class Tables:
    """Writes rows of one source and kind."""

    def __init__(self, *, source: str, kind: str, run: str, by: str, now: datetime) -> None:
        """Keep what stands in every row."""
        self.source, self.kind = repeat(copying.text(source)), repeat(copying.text(kind))
        self.now = repeat(copying.moment(now))
        self.run, self.by = repeat(copying.text(run)), repeat(copying.text(by))
        self.span = span_of("None", "None", is_verified=False)
        self.in_order = kernel.Remembered(_in_order, most=REMEMBERED)

    def filled(
        self, told: Sequence[Told], made: Sequence[Made], numbers: Sequence[int]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Yield table, columns and rows; `numbers` are those of the identities, one for each statement."""
        if made:
            yield "registry_entity", ENTITY, self._entities(made)
            yield "registry_sourcerecord", RECORD, self._records(told)
            yield "registry_identity", IDENTITY, self._identities(told, numbers)
            yield "registry_identifier", IDENTIFIER, self._identifiers(made)

    def _entities(self, made: Sequence[Made]) -> bytes:
        heads = [one.head for one in made]
        sealed = iter(kernel.seal_all([one.sealed for one in heads if one.sealed], context="registry.entity.sealed"))
        return copying.rows(
            [one.entity for one in made],
            self.kind,
            [copying.text(one.label) for one in heads],
            [copying.text(one.sort) for one in heads],
            [copying.json(orjson.dumps(one.attributes)) for one in heads],
            [copying.blob(next(sealed) if one.sealed else None) for one in heads],
            [copying.json(orjson.dumps(one.origins)) for one in heads],
            [copying.texts(one.subjects) for one in heads],
            [copying.integers(one.terms) for one in heads],
            repeat(copying.NO),
            self.now,
            *zip(*[one.place.fields for one in made], strict=True),
        )

    def _records(self, told: Sequence[Told]) -> bytes:
        said = [written(self.in_order[tuple(one.parts)](one.parts)) for one in told]
        digests = kernel.keyed_tokens(
            (digested(text, one.said.problems, self.span) for text, one in zip(said, told, strict=True)), context=DIGEST
        )
        seen = [one.seen.moment for one in told]
        return copying.rows(
            [copying.uuid(one.record) for one in told],
            self.source,
            [copying.text(one.said.key) for one in told],
            [one.entity for one in told],
            map(copying.blob, kernel.seal_all(said, context="registry.record.payload")),
            map(copying.text, digests),
            [copying.json(orjson.dumps(one.said.problems)) if one.said.problems else NO_PROBLEMS for one in told],
            repeat(copying.NO),
            seen,
            seen,
            self.now,
            [one.seen.day for one in told],
            repeat(copying.NULL),
            self.run,
            self.by,
        )

    def _identities(self, told: Sequence[Told], numbers: Sequence[int]) -> bytes:
        keys = [copying.text(one.said.key) for one in told]
        entities = [one.entity for one in told]
        return copying.rows(map(copying.big, numbers), self.source, self.kind, keys, entities, self.now)

    def _identifiers(self, made: Sequence[Made]) -> bytes:
        found = [(one.entity, *token) for one in made for token in one.head.tokens]
        return copying.rows(
            [entity for entity, _code, _token in found],
            self.kind,
            [copying.text(code) for _entity, code, _token in found],
            [copying.text(token) for _entity, _code, token in found],
        )


def _in_order(codes: tuple[str, ...]) -> Callable[[Mapping[str, Part]], Iterable[Part]]:
    """Return what picks the parts of these elements in the order of their codes, as a record keeps them."""
    if len(codes) < 2:  # noqa: PLR2004  of one, itemgetter makes no tuple
        return lambda parts: parts.values()
    return itemgetter(*sorted(codes))
