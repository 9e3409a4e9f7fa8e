"""Signing in over HTTP as a person does, for benches that look at pages."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

from django.core.management.base import CommandError

PAGE = "/accounts/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def sign_in(address: tuple[str, int], name: str, password: str) -> str:
    """Return the Cookie header of a person's session. Raises CommandError where the page does not let them in."""
    url = f"http://{address[0]}:{address[1]}{PAGE}"
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.addheaders = [("User-Agent", "")]  # that of the load that follows: another one would end the session
    token = TOKEN.search(browser.open(url, timeout=30).read().decode())
    form = {"login": name, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
    browser.open(urllib.request.Request(url, urllib.parse.urlencode(form).encode()), timeout=30).close()
    if "sessionid" not in {cookie.name for cookie in jar}:
        message = f"{name} could not sign in at {url}"
        raise CommandError(message)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
