"""A county with two departments that issue forms, the centre that decides, a community that fills. All fictional."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from linli.accounts import api as accounts
from linli.accounts.tests.factories import make_holding, make_person, make_post, make_unit
from linli.kernel import api as kernel
from linli.registry.tests import factories as base
from linli.sheets.actions import admit
from linli.sheets.actions.admission import Terms, apply_for_admission, draft_admission
from linli.sheets.queries.meanings import dictionary
from linli.sheets.rules.designs import Design, DesignColumn
from linli.sheets.rules.grids import Book, Grid, Span
from linli.sheets.rules.transforms import made
from linli.sheets.rules.wording import usual_transform
from tests.snapshot import kept

NOW, TODAY = base.NOW, base.TODAY
UNITS = (("mzj", "民政局"), ("wjj", "卫生健康局"))
POSTS = {
    "issuer": ("sheets.issue",),
    "admitter": ("sheets.admit",),
    "both": ("sheets.issue", "sheets.admit"),
    "clerk": ("sheets.fill",),
}
PEOPLE = (
    ("civil", "issuer", "mzj"),
    ("civil2", "issuer", "mzj"),
    ("health", "issuer", "wjj"),
    ("centre", "admitter", "centre"),
    ("chief", "both", "mzj"),
    ("clerk", "clerk", "community"),
)


@dataclass
class Offices:
    """The ground with units and people by short name."""

    ground: Any
    units: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def county(self):
        return self.ground.town.county.pk

    def actor(self, name, on=TODAY):
        return accounts.actor_for(self.people[name], on=on)


@kept
def make_offices():
    kernel.load_shipped_codes()
    ground = base.make_ground()
    place = Offices(ground, dict(ground.town.units))
    for code, name in UNITS:
        place.units[code] = make_unit(code, name, "department", ground.town.county)
    posts = {code: make_post(f"x-{code}", held) for code, held in POSTS.items()}
    for key, post, unit in PEOPLE:
        area = ground.town.community if unit == "community" else ground.town.county
        place.people[key] = make_person(key, f"某{key}")
        make_holding(
            place.people[key], place.units[unit], posts[post], division_id=area.pk, valid_from=date(2026, 1, 1)
        )
    return place


def column(element="", *path):
    """Return a column as the designer makes it: an element by its path, or a name that no element answers."""
    known = {f"{one.kind}.{one.code}": one for one in dictionary()}
    if element in known:
        return DesignColumn(path or (known[element].label,), element, usual_transform(known[element]))
    return DesignColumn(path or (element,), "", made("blank"))


def design(
    title="高龄老人台账", columns=("person.name", "person.citizen_id", "person.phone", "饮食习惯"), kind="persons"
):
    return Design(title, kind, tuple(one if isinstance(one, DesignColumn) else column(one) for one in columns))


def terms(**more):
    return Terms(**{
        "basis": "老年人权益保障法第三十三条", "words": "发放高龄津贴", "levels": ("community",), "frequency": "yearly",
        "first_on": TODAY, "days": 10, "rows": 200, **more,
    })  # fmt: skip


def applied(place, by="civil", now=NOW, of=None, content=b"", **more):
    row = draft_admission(design=of or design(), by=place.actor(by, now.date()), now=now, content=content)
    return apply_for_admission(admission_id=row.pk, terms=terms(**more), by=place.actor(by, now.date()), now=now)


def admitted(place, by="civil", now=NOW, **more):
    row = applied(place, by, now, **more)
    return admit.admit_form(admission_id=row.pk, by=place.actor("centre", now.date()), now=now)


def book_of(content):
    """Return a workbook as it is read: cells and merged ranges."""
    grids = []
    for index, sheet in enumerate(load_workbook(BytesIO(content)).worksheets):
        rows = tuple(tuple(row) for row in sheet.iter_rows(values_only=True))
        merges = tuple(
            Span(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1)
            for one in sheet.merged_cells.ranges
        )
        hidden = sheet.sheet_state != "visible"
        grids.append(Grid(sheet.title, rows, merges, is_hidden=hidden, index=index))
    return Book("xlsx", tuple(grids))
