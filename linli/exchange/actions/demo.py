"""Data sets that are planted: of made-up people for measuring, and those of the demo county's departments."""

from datetime import datetime

from linli.accounts import api as accounts
from linli.exchange.actions.sources import DatasetDraft, confirm_mapping, save_dataset
from linli.exchange.models import Dataset
from linli.exchange.rules.conversions import OF_TYPE
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.people import ELEMENTS, HEADER
from linli.registry import api as registry


def plant_people_dataset(*, code: str, division_id: int, now: datetime) -> Dataset:
    """Put a data set of made-up people into the catalogue, mapped; for measuring only."""
    draft = DatasetDraft(
        code=code, name="测量用人口数据", provider="测量", department="公安", kind="person", condition="仅供测量",
        is_sample=True,
    )  # fmt: skip
    dataset = save_dataset(draft=draft, division_id=division_id, by=accounts.SYSTEM, now=now)
    types = registry.elements_of("person")
    mapping = [
        Mapped(column, element, OF_TYPE[types[element].type])
        for column, element in zip(HEADER, ELEMENTS, strict=True) if element
    ]  # fmt: skip
    return confirm_mapping(
        dataset=dataset, mapping=mapping, keys=[HEADER[0]], header=HEADER, by=accounts.SYSTEM, now=now
    )
