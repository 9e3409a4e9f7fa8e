"""The policy of asking less that is in force: the newest the county wrote, else what ships."""

from linli.trust.models import AskLessPolicy
from linli.trust.rules.ask_less import Policy, policy_from, shipped_policy


def policy_in_force() -> Policy:
    """Return it. One query."""
    row = AskLessPolicy.objects.order_by("-id").first()
    return policy_from(row.content) if row else shipped_policy()


def is_sample() -> bool:
    """Tell whether the county has not written one of its own yet."""
    return not AskLessPolicy.objects.exists()
