"""What agreement is worth 比对权重: log2 odds by Fellegi and Sunter, and what follows from their sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from linli.exchange.rules.linkage_compare import FIELDS, LEVELS, MISSING
from linli.exchange.rules.linkage_rows import NAME, Array, sounds

CERTAIN, GREY = 4.5, -2.0  # log2 odds: 96 % at the border, 20 %
OTHER, DOUBTFUL, SAME = 0, 1, 2
AT = {code: place for place, code in enumerate(FIELDS)}
RAREST = -22.0
_ID_OTHER, _ID_NEAR, _ID_SAME = 0, 2, 3
_ONE_OFF, HOMOPHONE, _SAME_NAME, _SAME_DAY = 2, 3, 4, 2


@dataclass(frozen=True)
class Names:
    """How rare each character of a name is, as log2 of its share: of surnames, of second and of third characters."""

    parts: Array  # 3 x 65536

    def share(self, names: Array) -> Array:
        """Return log2 of the share of each name: of its surname times that of each further character."""
        return _summed(self.parts, names)

    def share_by_sound(self, names: Array) -> Array:
        """Return the same for all names that sound alike."""
        return _summed(self.by_sound, sounds()[names])

    @cached_property
    def by_sound(self) -> Array:
        """The same for all characters that sound alike."""
        table = np.zeros_like(self.parts)
        for place, part in enumerate(self.parts):
            np.add.at(table[place], sounds(), np.where(part > RAREST, 2.0**part, 0))
        return np.asarray(np.maximum(np.log2(np.maximum(table, 2.0**RAREST)), RAREST).astype("f4"))


@dataclass(frozen=True, eq=False)
class Weights:
    """A trained model. `agreement` gives log2(m/u) by field and level; `per_record` how many others one record meets.

    For names that are the same or sound alike `agreement` holds log2(m) alone: how rare the name is comes from `names`.
    """

    agreement: Mapping[str, tuple[float, ...]]
    per_record: float
    names: Names

    @cached_property
    def tables(self) -> dict[str, Array]:
        """The weights as columns; the last one, which -1 points to, is of silence and says nothing."""
        return {code: np.array([*table, 0.0]) for code, table in self.agreement.items()}


def names_of(rows: Array) -> Names:
    """Count how rare characters are in the names of these rows."""
    parts = np.full((3, 65536), RAREST, dtype="f4")
    named = rows["name"][rows["name"][:, 0] > 0]
    for place in range(3):
        counts = np.bincount(named[:, place], minlength=65536)
        seen = counts > 0
        parts[place, seen] = np.log2((counts[seen] + 0.5) / max(1, len(named)))
    return Names(parts)


def weights_of(levels: Array, left: Array, model: Weights, *, among: int) -> Array:
    """Return the log2 odds that each pair is one person, among so many records."""
    total = worth_of(levels, model, among=among)
    named = levels[:, AT["name"]]
    same, alike = named == len(LEVELS["name"]) - 1, named == HOMOPHONE
    total[same] -= model.names.share(left["name"][same])
    if alike.any():
        total[alike] -= model.names.share_by_sound(left["name"][alike])
    return total


def worth_of(levels: Array, model: Weights, *, among: int) -> Array:
    """Return the same for names of which nobody says how rare they are."""
    total = np.full(len(levels), np.log2(max(model.per_record, 1e-3) / max(among, 2)))
    for place, code in enumerate(FIELDS):
        total += model.tables[code][_counted(levels, place)]
    return total


def verdicts_of(levels: Array, weights: Array) -> Array:
    """Return SAME, DOUBTFUL or OTHER for each pair.

    Two right id numbers that differ are two people, and so are two of one family whose birth dates lie far apart. Where
    no id number agrees, a person decides about birth dates far apart under one name (father and son), and about one
    birth date at one door under names a character apart (twins), and where neither name nor birth date is the same and
    no door or telephone is shared.
    """
    at = {code: levels[:, place] for code, place in AT.items()}
    found = np.where(weights >= CERTAIN, SAME, np.where(weights >= GREY, DOUBTFUL, OTHER))
    unproven, far = at["citizen_id"] < _ID_NEAR, at["birth_date"] == 0
    home, phone = at["address"] == len(LEVELS["address"]) - 1, at["phone"] == len(LEVELS["phone"]) - 1
    sibling = (at["name"] <= _ONE_OFF) & ~far & (home | (phone & (at["address"] == MISSING)))
    found[((unproven & (far | sibling)) | (far & (at["name"] <= _ONE_OFF))) & (found == SAME)] = DOUBTFUL
    found[(at["name"] == 0) & (found == SAME) & (weights < 3 * CERTAIN)] = DOUBTFUL
    vague = unproven & (at["name"] < _SAME_NAME) & (at["birth_date"] < _SAME_DAY) & ~home & ~phone
    found[vague & (found == SAME)] = DOUBTFUL
    found[(at["citizen_id"] == _ID_OTHER) | (unproven & far & (at["name"] <= _ONE_OFF))] = OTHER
    return found


def sound(model: Weights) -> bool:
    """Tell whether agreement speaks for one person and disagreement against it, in every field."""
    return all(table[-1] > table[0] and table[0] < 0 for table in model.agreement.values())


def reasons_of(levels: Array, left: Array, model: Weights) -> list[tuple[str, str, float]]:
    """Return (field, level, log2 odds) of one pair for each field both sides know, the weightiest first."""
    found = []
    for place, code in enumerate(FIELDS):
        level = int(levels[place])
        if level == MISSING:
            continue
        worth = float(model.agreement[code][level]) if _counted(levels[None, :], place)[0] != MISSING else 0.0
        if code == "name" and level == len(LEVELS[code]) - 1:
            worth -= float(model.names.share(left["name"][None, :])[0])
        elif code == "name" and level == HOMOPHONE:
            worth -= float(model.names.share_by_sound(left["name"][None, :])[0])
        found.append((code, LEVELS[code][level], worth))
    return sorted(found, key=lambda one: -abs(one[2]))


def to_json(model: Weights) -> dict[str, Any]:
    """Return a model as plain values."""
    parts = [{chr(point): round(float(part[point]), 2) for point in np.flatnonzero(part > RAREST) if point}
             for part in model.names.parts]  # fmt: skip
    ends = [round(float(part[0]), 2) for part in model.names.parts]
    agreement = {code: [round(one, 3) for one in table] for code, table in model.agreement.items()}
    return {"agreement": agreement, "per_record": model.per_record, "names": parts, "ends": ends}


def from_json(said: Mapping[str, Any]) -> Weights:
    """Return the model that `to_json` wrote."""
    parts = np.full((3, 65536), RAREST, dtype="f4")
    for place, shares in enumerate(said["names"]):
        for character, share in shares.items():
            parts[place, ord(character)] = share
        parts[place, 0] = said["ends"][place]
    agreement = {code: tuple(table) for code, table in said["agreement"].items()}
    return Weights(agreement, said["per_record"], Names(parts))


def _counted(levels: Array, place: int) -> Array:
    """Return the levels of a field as far as they count: an id that agrees already says birth date and sex."""
    level = levels[:, place]
    if FIELDS[place] in {"birth_date", "sex"}:
        proven = levels[:, AT["citizen_id"]] >= _ID_NEAR
        return np.where(proven & (level > 0), MISSING, level)
    return level


def _summed(parts: Array, names: Array) -> Array:
    total = parts[0][names[:, 0]] + parts[1][names[:, 1]] + parts[2][names[:, 2]]
    for place in range(3, NAME):
        total = total + np.where(names[:, place] > 0, parts[1][names[:, place]], 0)
    return np.asarray(np.maximum(total, 2 * RAREST))
