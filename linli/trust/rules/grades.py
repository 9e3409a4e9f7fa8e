"""Grades of data 数据分级: core, important, general in four steps, and what grade follows for things together.

GB/T 43697-2024: three levels (clause 6), general data in four steps (annex H), the highest wins (就高从严), what is
derived is graded by what it is derived from (annex I).
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Grade(IntEnum):
    """How much harm it does when data leaks, is altered or lost. The order is the order of harm."""

    GENERAL_1 = 1
    GENERAL_2 = 2
    GENERAL_3 = 3
    GENERAL_4 = 4
    IMPORTANT = 5
    CORE = 6


LOWEST, HIGHEST = min(Grade), max(Grade)
GRADE_WORDS: Mapping[int, str | Promise] = {
    Grade.GENERAL_1: _("general 1"),
    Grade.GENERAL_2: _("general 2"),
    Grade.GENERAL_3: _("general 3"),
    Grade.GENERAL_4: _("general 4"),
    Grade.IMPORTANT: _("important"),
    Grade.CORE: _("core"),
}


def highest_grade(grades: Iterable[int]) -> int:
    """Return the grade of a record, a set, or what is derived: that of its highest part 就高从严; 1 for nothing."""
    return int(max(grades, default=LOWEST))
