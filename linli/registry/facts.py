"""What the registry tells the others."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.kernel import facts as journal

__all__ = [
    "ElementAdded",
    "ElementGraded",
    "ElementRetired",
    "EntitiesErased",
    "EntitiesMerged",
    "EntitySplit",
    "RecordsTaken",
    "RelationEnded",
    "RelationsOpened",
]


@dataclass(frozen=True)
class ElementAdded(journal.Fact):
    """A data element was added to the dictionary 新增数据元."""

    element_kind: str
    code: str
    by: str


@dataclass(frozen=True)
class ElementGraded(journal.Fact):
    """Class, grade or mask of a data element was decided 数据元定级; what is kept of it is written anew."""

    element_kind: str
    code: str
    grade: int
    by: str


@dataclass(frozen=True)
class ElementRetired(journal.Fact):
    """A data element is no longer shown or taken in 停用数据元."""

    element_kind: str
    code: str
    by: str


@dataclass(frozen=True)
class EntitiesErased(journal.Fact):
    """Everything the registry held of these entities of one kind was deleted 已删除; others delete what they hold."""

    entity_kind: str
    entity_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ElementErased(journal.Fact):
    """One element of an entity was deleted from every record 已删除单项数据; others delete what they hold of it."""

    entity_kind: str
    entity_id: UUID
    element: str


@dataclass(frozen=True)
class TagDefined(journal.Fact):
    """A tag is in use from now on 启用标签; `is_ruled`: the base gives and takes it by itself."""

    tag_id: UUID
    is_ruled: bool
    by: str


@dataclass(frozen=True)
class RecordsTaken(journal.Fact):
    """A source spoke: these entities of one kind are new or changed. At most 500 in one fact."""

    source: str
    run: str
    entity_kind: str
    entity_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class RelationsOpened(journal.Fact):
    """A source said that some belong together from a day on; these are the relations."""

    source: str
    relation_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class RelationEnded(journal.Fact):
    """A relation ended on a day, the first on which it no longer holds."""

    relation_id: UUID
    bond: str
    start_id: UUID
    end_id: UUID
    valid_to: date


@dataclass(frozen=True)
class EntitiesMerged(journal.Fact):
    """Two entities of one kind turned out to be one: what was `absorbed_id` leads to `survivor_id` from now on."""

    deed_id: UUID
    entity_kind: str
    survivor_id: UUID
    absorbed_id: UUID
    by: str


@dataclass(frozen=True)
class EntitySplit(journal.Fact):
    """Some keys of sources left an entity for another: a merge was undone, or a mistake of the past mended."""

    deed_id: UUID
    entity_kind: str
    origin_id: UUID
    target_id: UUID
    by: str


@dataclass(frozen=True)
class ListingChanged(journal.Fact):
    """An entity was registered in a list of a community, renewed there or closed; `due_on` is its next day."""

    listing_id: UUID
    register: str
    entity_id: UUID
    step: str
    due_on: date
