"""A pytest plug-in that provides what Django's settings need: a real PostgreSQL, translations, plain static files.

Each process of a parallel run has an embedded server of its own: what is settled on a server (facts, the ledger) waits
for its oldest transaction, so a long test in one process would hold up the others.
"""

import os

from linli.site.runtime import cluster, folders, postgres
from tools.messages import compile_messages

EMBEDDED = "LINLI_TEST_EMBEDDED"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

os.environ.setdefault("LINLI_STATIC", "plain")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
compile_messages()
if WORKER and os.environ.get(EMBEDDED):
    del os.environ["LINLI_DATABASE_URL"]
    os.environ["LINLI_DATA"] = str(folders.data_folder() / "tests" / WORKER)
elif not os.environ.get("LINLI_DATABASE_URL"):
    os.environ[EMBEDDED] = "1"
postgres.provide()


def pytest_unconfigure():
    """Stop the server that was only for this process of a parallel run."""
    if WORKER and os.environ.get(EMBEDDED):
        cluster.stop()
