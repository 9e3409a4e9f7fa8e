"""The same people linked by Splink alone, to compare with: its own weights, blocks and clusters on DuckDB."""

import logging
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np

from linli.exchange.rules.linkage_rows import Array, People

NAMES = ("name", "citizen_id", "birth_date", "sex", "phone", "address")
CHANCE, THRESHOLD = 1e6, 0.95


def link_by_splink(people: People) -> tuple[Array, float]:
    """Return the person of each record as Splink sees it, and the seconds from columns in memory to clusters.

    Five blocking rules, six comparisons, names weighted by how rare they are; trained on the records themselves.
    """
    from pyarrow import table  # type: ignore[import-untyped]  # noqa: PLC0415  slow to import, for measuring only
    from splink import DuckDBAPI, Linker, block_on  # noqa: PLC0415  the same

    logging.getLogger("splink").setLevel(logging.ERROR)
    said = (people.names, people.ids, people.births, people.sexes, people.phones, people.addresses)
    data = {name: [one or None for one in column] for name, column in zip(NAMES, said, strict=True)}
    began = perf_counter()
    frame = DuckDBAPI().register(table({"unique_id": np.arange(len(people.names)), **data}))
    linker = Linker(frame, _settings(), log_level=logging.ERROR)
    training = linker.training
    sure: list[Any] = [block_on("citizen_id"), block_on("name", "birth_date", "phone")]
    training.estimate_probability_two_random_records_match(sure, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=CHANCE, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("citizen_id"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth_date"))
    edges = linker.inference.predict(threshold_match_probability=THRESHOLD)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(edges, THRESHOLD)
    clusters = found.as_pyarrow_table()  # type: ignore[no-untyped-call]  # Splink does not say
    seconds = perf_counter() - began
    return _owners(clusters.to_pydict()), seconds


def _settings() -> Any:
    import splink.comparison_library as compare  # noqa: PLC0415  slow to import
    from splink import SettingsCreator, block_on  # noqa: PLC0415  the same

    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("citizen_id"), block_on("name", "birth_date"), block_on("phone"), block_on("name", "address"),
            block_on("birth_date", "address"),
        ],
        comparisons=[
            compare.LevenshteinAtThresholds("name", 1).configure(term_frequency_adjustments=True),
            compare.DamerauLevenshteinAtThresholds("citizen_id", 1),
            compare.DamerauLevenshteinAtThresholds("birth_date", 1),
            compare.ExactMatch("sex"),
            compare.DamerauLevenshteinAtThresholds("phone", 1),
            compare.ExactMatch("address"),
        ],
    )  # fmt: skip


def _owners(clusters: dict[str, Sequence[Any]]) -> Array:
    owner = np.zeros(len(clusters["unique_id"]), dtype="i8")
    known: dict[Any, int] = {}
    for record, cluster in zip(clusters["unique_id"], clusters["cluster_id"], strict=True):
        owner[record] = known.setdefault(cluster, len(known))
    return owner
