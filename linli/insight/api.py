"""What insight may be asked, by those above it."""

from linli.insight.actions.demo import plant_demo_measures
from linli.insight.actions.exclude import (
    AskedAlreadyError,
    DecidedAlreadyError,
    OwnRequestError,
    ReasonRefusedError,
    ask_exclusion,
    decide_exclusion,
)
from linli.insight.actions.measure import (
    DefinitionRefusedError,
    DefinitionUnreadableError,
    NoDraftError,
    check_definition,
    draft_measure,
    drop_draft,
    plant_sample_measures,
    put_measure_in_force,
)
from linli.insight.actions.refresh import recount, refresh_marks, refresh_stale
from linli.insight.queries.figures import Figure, Wanted, exclusions_seen_by, figures, listed, totals
from linli.insight.queries.measures import Definition, drafts_data, measure_in_force, measures_data, measures_in_force
from linli.insight.rules.counting import GROUPS, Masks, Share, UnknownGroupError
from linli.insight.rules.wording import reason_words

__all__ = [
    "GROUPS",
    "AskedAlreadyError",
    "DecidedAlreadyError",
    "Definition",
    "DefinitionRefusedError",
    "DefinitionUnreadableError",
    "Figure",
    "Masks",
    "NoDraftError",
    "OwnRequestError",
    "ReasonRefusedError",
    "Share",
    "UnknownGroupError",
    "Wanted",
    "ask_exclusion",
    "check_definition",
    "decide_exclusion",
    "draft_measure",
    "drafts_data",
    "drop_draft",
    "exclusions_seen_by",
    "figures",
    "listed",
    "measure_in_force",
    "measures_data",
    "measures_in_force",
    "plant_demo_measures",
    "plant_sample_measures",
    "put_measure_in_force",
    "reason_words",
    "recount",
    "refresh_marks",
    "refresh_stale",
    "totals",
]
