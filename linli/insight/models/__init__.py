"""What insight keeps."""

from linli.insight.models.exclusion import Exclusion
from linli.insight.models.mark import Mark, Tally
from linli.insight.models.measure import Measure

__all__ = ["Exclusion", "Mark", "Measure", "Tally"]
