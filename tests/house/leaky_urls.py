"""A small house with holes: the walls must find each of them."""

import gzip
import io
import zipfile

from django.http import FileResponse, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import include, path, re_path

SECRET = "沈阿婆 13700000000"


def fine(request, **values):
    return HttpResponse("nothing here")


def as_json(request):
    return JsonResponse({"name": SECRET})


def as_header(request):
    return HttpResponse(headers={"X-Name": SECRET})


def escaped(request):
    return HttpResponse("".join(f"&#{ord(letter)};" for letter in SECRET))


def elsewhere(request, pond_id):
    return HttpResponseRedirect(f"/x?name={SECRET}")


def packed(request):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("sheet1.xml", SECRET)
    return FileResponse(io.BytesIO(out.getvalue()))


def squeezed(request):
    return HttpResponse(gzip.compress(SECRET.encode()))


def when_posted(request):
    return HttpResponse(SECRET if request.method == "POST" else "")


def asked(request):
    return HttpResponse(SECRET if request.GET.get("all") else "")


def broken(request):
    message = "broken"
    raise ZeroDivisionError(message)


pond = [path("<int:pond_id>/", elsewhere, name="elsewhere"), re_path(r"^fish/(?P<fish_id>\d+)/$", fine, name="fish")]
urlpatterns = [
    path("", fine, name="fine"),
    path("json", as_json, name="json"),
    path("header", as_header, name="header"),
    path("escaped", escaped, name="escaped"),
    path("packed", packed, name="packed"),
    path("squeezed", squeezed, name="squeezed"),
    path("posted", when_posted, name="posted"),
    path("asked", asked, name="asked"),
    path("broken", broken, name="broken"),
    path("pond/", include((pond, "pond"))),
]
