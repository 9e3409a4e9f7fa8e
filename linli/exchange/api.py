"""The door of exchange: sources, their data sets and runs."""

from linli.exchange.actions.collect import collect, open_run, preview, read_file, take_run
from linli.exchange.actions.demo import plant_demo_sources, plant_people_dataset
from linli.exchange.actions.quarantine import correct_row, let_go, try_again
from linli.exchange.actions.sources import (
    DatasetDraft,
    check_connection,
    confirm_mapping,
    save_connection,
    save_dataset,
)
from linli.exchange.models import Connection, Dataset, Run
from linli.exchange.queries.datasets import catalogue, late_since
from linli.exchange.rules.mapping import Mapped
from linli.exchange.rules.people import HEADER as MADE_UP_HEADER
from linli.exchange.rules.people import people as made_up_people
from linli.exchange.rules.refusals import ExchangeRefusedError

__all__ = [
    "MADE_UP_HEADER",
    "Connection",
    "Dataset",
    "DatasetDraft",
    "ExchangeRefusedError",
    "Mapped",
    "Run",
    "catalogue",
    "check_connection",
    "collect",
    "confirm_mapping",
    "correct_row",
    "late_since",
    "let_go",
    "made_up_people",
    "open_run",
    "plant_demo_sources",
    "plant_people_dataset",
    "preview",
    "read_file",
    "save_connection",
    "save_dataset",
    "take_run",
    "try_again",
]
