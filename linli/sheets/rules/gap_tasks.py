"""Gap tasks 补采任务 as a device takes them along without a network, and the answers it brings back: version 1 of both.

The classes are the format: their JSON Schema is served beside the tasks. A field that is added does not change the
version; one that goes, or means something else, does.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

FORMAT, VERSION = "linli.gap-tasks", 1
MOST_ANSWERS, LONGEST = 500, 500
PATTERNS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "number": r"-?\d+(\.\d+)?",
    "phone": r"[0-9+\- ]{7,20}",
    "citizen_id": r"\d{17}[\dXx]",
    "credit_code": r"[0-9A-HJ-NPQRTUWXY]{18}",
}


class TaskCode(BaseModel):
    """One value of a list."""

    code: str
    label: str


class GapTask(BaseModel):
    """One value that is asked for: of whom (behind the mask of lists), which element, how it is written."""

    id: UUID
    key: str = Field(description="Idempotency key to answer with; an answer sent twice under one key counts once")
    whom: str
    element: str
    label: str
    type: str = Field(description="text, date, code, number, flag, citizen_id, credit_code, phone or area")
    table: str = Field("", description="Name of the list in `tables` from which a code is chosen")
    pattern: str = Field("", description="Regular expression that the whole value meets")
    longest: int = LONGEST
    keep_sealed: bool = Field(description="The device keeps the answer encrypted until it is sent, then forgets it")
    asked_on: date


class GapVisit(BaseModel):
    """What one visit answers: the household or house, where that is, and its tasks."""

    id: UUID
    where: str
    tasks: list[GapTask]


class GapTasks(BaseModel):
    """What is asked for in the area of one person, a page at a time."""

    format: Literal["linli.gap-tasks"] = "linli.gap-tasks"
    version: Literal[1] = 1
    made_at: datetime
    answers: str = Field(description="Where answers are posted, many at once")
    next: str | None = Field(None, description="Where the next page is; null on the last")
    visits: list[GapVisit]
    tables: dict[str, list[TaskCode]] = Field(description="Value lists by name, each once")


class GapAnswer(BaseModel):
    """One answer: the value, or that it cannot be had; how it is known, and on which day it was seen."""

    task: UUID
    key: str = Field(min_length=8, max_length=64)
    value: str = Field("", max_length=LONGEST)
    not_to_have: bool = False
    evidence: str = Field("", max_length=300)
    seen_on: date | None = None


class GapAnswers(BaseModel):
    """Answers as they come back."""

    format: Literal["linli.gap-answers"] = "linli.gap-answers"
    version: Literal[1] = 1
    answers: list[GapAnswer] = Field(max_length=MOST_ANSWERS)


class GapResult(BaseModel):
    """What became of one answer. `repeated`: it had come before under this key, and nothing happened now."""

    task: UUID
    key: str
    state: Literal["taken", "refused"]
    sentence: str = ""
    repeated: bool = False


class GapResults(BaseModel):
    """What became of each answer, in their order."""

    results: list[GapResult]
