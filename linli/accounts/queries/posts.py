"""Posts by their code."""

from linli.accounts.models import Post


def post_names() -> dict[str, str]:
    """Return the name of each post by its code."""
    return dict(Post.objects.values_list("code", "name"))
