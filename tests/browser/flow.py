"""Ways that several stories in the browser go."""

import re


def past_what_is_near(page):
    """Come to the last step of a report; where something like it is shown first, say that this one is new."""
    page.wait_for_url(re.compile(r".*/report/(near|who)$"))
    if page.url.endswith("near"):
        page.click("[name=new]")
        page.wait_for_url("**/report/who")
