"""Where each page stands. A domain brings its own urls.py."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from linli.site.views import components, follow, home, report

resident_pages = [
    path("", home.home, name="home"),
    path("reading", home.reading, name="reading"),
    path("report", report.what, name="report"),
    path("report/where", report.where, name="where"),
    path("report/who", report.who, name="who"),
    path("report/receipt", report.receipt, name="receipt"),
    path("report/areas", report.areas, name="areas"),
    path("report/place", report.place, name="place"),
    path("follow", follow.follow, name="follow"),
    path("e/<str:number>", follow.case, name="case"),
    path("e/<str:number>/add", follow.add, name="case_add"),
    path("e/<str:number>/rate", follow.rate, name="case_rate"),
    path("e/<str:number>/reopen", follow.reopen, name="case_reopen"),
]

handler429 = "linli.accounts.views.sign_in.too_many"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((resident_pages, "site"))),
    path("", include("linli.kernel.urls")),
    path("", include("linli.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

if settings.DEBUG:
    urlpatterns += [path("_components/<str:face>", components.show), path("_components/", components.show)]
