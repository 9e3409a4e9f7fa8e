"""What the web server calls."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from linli.site.runtime import garbage

garbage.look_seldom()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  the pages are loaded now, and not by whoever comes first
garbage.keep_what_is_loaded()
