"""What matter a report is about: chosen by a person, or proposed by the classifier."""

from dataclasses import dataclass
from datetime import datetime

from linli.events.queries.rulebook import rule_book
from linli.events.rules.dispatch import Duty, Reason
from linli.events.rules.drafts import DEVICES, OWN_DATA, ReportDraft
from linli.events.slots import Candidate, classifiers

ACTIVE = "default"


@dataclass(frozen=True)
class Proposal:
    """The matter if it is certain, the candidates, and the reason to show."""

    duty: Duty | None
    candidates: tuple[Candidate, ...]
    version: str
    reason: Reason

    @property
    def confidence(self) -> float | None:
        """The probability of the first candidate."""
        return self.candidates[0].probability if self.candidates else None


def propose(draft: ReportDraft, *, by_name: str, now: datetime) -> Proposal:
    """Return the matter of a draft. Below the classifier's threshold the matter stays open for a person."""
    book = rule_book(now)
    if draft.matter_code and (duty := book.duties.get(draft.matter_code)):
        return Proposal(duty, (), "", {"kind": "chosen", "by": by_name, "matter": duty.name})
    if draft.channel in {OWN_DATA, DEVICES}:
        return Proposal(None, (), "", {"kind": "unsure"})
    classifier = next((one for one in classifiers.all() if one.code == ACTIVE), None)
    if classifier is None:
        return Proposal(None, (), "", {"kind": "unsure"})
    known = [one for one in classifier.propose(f"{draft.title} {draft.text}") if one.code in book.duties]
    if known and known[0].probability >= classifier.threshold:
        duty = book.duties[known[0].code]
        return Proposal(duty, tuple(known), classifier.version, _reason(duty, known[0], classifier.version))
    return Proposal(None, tuple(known), classifier.version, {"kind": "unsure"})


def _reason(duty: Duty, first: Candidate, version: str) -> Reason:
    return {"kind": "model", "matter": duty.name, "percent": round(first.probability * 100), "version": version}
