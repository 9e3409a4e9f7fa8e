"""A pytest plug-in that makes sure a real PostgreSQL is there before Django's settings are read."""

import os

from linli.site.runtime import postgres

os.environ["LINLI_DATABASE_URL"] = postgres.provide()
