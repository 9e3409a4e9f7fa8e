"""What trust hears: rights given, posts changed, keys issued; it raises alerts of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from linli.accounts import api as accounts
from linli.accounts import facts
from linli.kernel import api as kernel
from linli.kernel import facts as journal
from linli.trust.actions.alerts import raise_alerts
from linli.trust.rules.alerts import NOTE, URGENT, WARNING, Sighting


@journal.receives(
    facts.HoldingOpened, facts.PostSaved, facts.TokenIssued, name="trust.watch_rights", start="now"
)  # fmt: skip
def watch_rights(
    told: Sequence[journal.Delivered[Any]],
) -> None:
    """Raise an alert where a post with wide rights was given, a post was changed or a key was issued by somebody.

    What the node itself does, such as planting its first posts, raises none.
    """
    wide = {post.code for post in accounts.posts() if post.needs_second_factor}
    names = accounts.post_names()
    found = [one for each in told for one in _sightings(each.fact, str(each.fact_id), wide, names)]
    raise_alerts(sightings=found, now=kernel.now())


def _sightings(
    fact: facts.HoldingOpened | facts.PostSaved | facts.TokenIssued, key: str, wide: set[str], names: dict[str, str]
) -> Iterator[Sighting]:
    if fact.by_person_id is None:
        return
    if isinstance(fact, facts.PostSaved):
        yield Sighting("rights.post", key, f"post:{fact.post_code}", WARNING, {"count": len(fact.capabilities)})
    elif isinstance(fact, facts.TokenIssued):
        yield Sighting("rights.key", key, f"person:{fact.by_person_id}", NOTE, {"name": fact.name})
    else:
        seen = {"post": names.get(fact.post_code, fact.post_code)}
        if fact.by_person_id == fact.person_id:
            yield Sighting("rights.self", key, f"person:{fact.person_id}", URGENT, seen)
        elif fact.post_code in wide:
            yield Sighting("rights.wide", key, f"person:{fact.person_id}", WARNING, seen)
