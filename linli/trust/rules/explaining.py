"""What a machine decided on somebody's own matter, in plain words 自动化决策说明 (PIPL article 24)."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Explanation:
    """How it was decided: which model or rule in which version, how sure, what a person did with it.

    `lines` name no other person. `unit_id` is the unit whose officer decides anew, `subject` the resident's token.
    `decided_by` are the accounts of people who had a part in it: none of them answers an objection.
    """

    title: str
    lines: tuple[str, ...]
    unit_id: int
    subject: str
    decided_by: frozenset[UUID] = frozenset()

    @property
    def words(self) -> str:
        """Return it as one text."""
        return "\n".join((self.title, *self.lines))
