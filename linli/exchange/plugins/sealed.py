"""Papers of before uploads had envelopes: the rotation of keys puts them into one."""

from collections.abc import Iterable

from linli.exchange.actions import papers
from linli.kernel import slots


class OldPapers(slots.SealedPlace):
    """Files whose names end in `.sealed`; each rotation finds fewer, in the end none."""

    code = "exchange.old_papers"

    def versions(self) -> Iterable[int]:
        """Return the version each of them needs."""
        return papers.versions_of_old_papers()

    def reseal(self, current: int) -> int:  # noqa: ARG002  an envelope is made with the present key
        """Put them into envelopes."""
        return papers.put_old_papers_into_envelopes()
