"""Where each page stands. A domain brings its own urls.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from linli.site.views import components

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("linli.kernel.urls")),
    path("", include("linli.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

if settings.DEBUG:
    urlpatterns += [path("_components/<str:face>", components.show), path("_components/", components.show)]

handler400 = "linli.kernel.views.errors.bad_request"
handler403 = "linli.kernel.views.errors.forbidden"
handler404 = "linli.kernel.views.errors.not_found"
handler429 = "linli.kernel.views.errors.too_many_requests"
handler500 = "linli.kernel.views.errors.server_error"
