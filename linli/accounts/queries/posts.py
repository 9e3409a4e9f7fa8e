"""Posts by their code."""

from dataclasses import dataclass

from linli.accounts import slots
from linli.accounts.models import Post


@dataclass(frozen=True)
class PostInfo:
    """One post 岗位 as others see it."""

    code: str
    name: str
    capabilities: tuple[str, ...]
    needs_second_factor: bool


def posts() -> list[PostInfo]:
    """Return all posts by code."""
    rows = Post.objects.order_by("code").values_list("code", "name", "capabilities", "needs_second_factor")
    return [PostInfo(code, name, tuple(sorted(allowed)), second) for code, name, allowed, second in rows]


def post_names() -> dict[str, str]:
    """Return the name of each post by its code."""
    return dict(Post.objects.values_list("code", "name"))


def post_for_residents(capability: str) -> Post | None:
    """Return the first post by code that allows this and nothing that only staff may do."""
    rows = Post.objects.filter(capabilities__contains=[capability]).order_by("code")
    return next((row for row in rows if set(row.capabilities) <= for_residents()), None)


def for_residents() -> frozenset[str]:
    """Return the capabilities that a resident may hold."""
    return frozenset(capability.code for capability in slots.capabilities.all() if capability.for_residents)
