"""A pytest plug-in that provides what Django's settings need: a real PostgreSQL, translations, plain static files."""

import os

from linli.site.runtime import postgres
from tools.messages import compile_messages

os.environ.setdefault("LINLI_STATIC", "plain")
compile_messages()
postgres.provide()
