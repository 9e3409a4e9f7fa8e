"""Posts and what they allow."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from linli.accounts import facts, slots
from linli.accounts.actions.tell import tell
from linli.accounts.models import Holding, Post
from linli.accounts.queries import authority
from linli.accounts.rules.actor import SYSTEM, Actor
from linli.accounts.rules.offices import offices_of
from linli.accounts.rules.refusals import TwoOfficesError, UnknownCapabilityError

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "posts.json"


@transaction.atomic
def save_post(
    *,
    code: str,
    name: str,
    capabilities: Sequence[str],
    by: Actor,
    now: datetime,
    needs_second_factor: bool = False,
    is_sample: bool = False,
) -> Post:
    """Make a post or change it. Raises NotAllowedError, UnknownCapabilityError."""
    authority.need_grant_everywhere(by)
    _check_offices(code, capabilities)
    if unknown := unknown_capabilities(capabilities):
        raise UnknownCapabilityError(unknown)
    values = {
        "name": name,
        "capabilities": sorted(set(capabilities)),
        "needs_second_factor": needs_second_factor,
        "is_sample": is_sample,
    }
    post, _ = Post.objects.update_or_create(code=code, defaults=values)
    told = facts.PostSaved(post_code=code, capabilities=tuple(post.capabilities), by_person_id=by.person_id)
    tell(told, by=by, now=now)
    return post


def _check_offices(code: str, capabilities: Sequence[str]) -> None:
    """Raise TwoOfficesError where the post, or somebody who holds it, would have two offices."""
    offices = offices_of(capabilities)
    if len(offices) > 1:
        raise TwoOfficesError
    people = Holding.objects.filter(post__code=code, ended_at=None, lent_by=None).values("person_id")
    others = Holding.objects.filter(person_id__in=people, ended_at=None, lent_by=None).exclude(post__code=code)
    held = {one for codes in others.values_list("post__capabilities", flat=True) for one in offices_of(codes)}
    if offices and held - offices:
        raise TwoOfficesError


def plant_sample_posts(*, now: datetime) -> list[Post]:
    """Bring the sample posts that are missing; a post that a county has changed stays as it is."""
    rows = json.loads(SAMPLE.read_text(encoding="utf-8"))["posts"]
    here = set(Post.objects.values_list("code", flat=True))
    for row in rows:
        if row["code"] not in here:
            save_post(**row, is_sample=True, by=SYSTEM, now=now)
    return list(Post.objects.filter(code__in=[row["code"] for row in rows]).order_by("code"))


def unknown_capabilities(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the codes that nobody registered. A domain that registers none is not installed: its codes pass."""
    registered = {capability.code for capability in slots.capabilities.all()}
    domains = {code.partition(".")[0] for code in registered}
    return tuple(code for code in codes if code not in registered and code.partition(".")[0] in domains)
