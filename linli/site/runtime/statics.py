"""Brings static files into the node's folder where they are missing or older than their sources."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it brings no types
    """Static files under names with a hash, also where a script imports another: under two names it would run twice."""

    support_js_module_import_aggregation = True


def collect_when_stale() -> bool:
    """Collect static files unless they are up to date; return whether it was done. No page shows without them."""
    if not settings.HASHED_STATIC:
        return False
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    collected = manifest.stat().st_mtime if manifest.exists() else 0.0
    if collected and max((source.stat().st_mtime for source in _sources()), default=0.0) <= collected:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    return True


def _sources() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))
