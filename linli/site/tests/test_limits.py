"""One address may report often, but not without end."""

import pytest

from linli.kernel import api as kernel
from linli.site.actions import limits
from tests.town import MONDAY


@pytest.mark.slow
@pytest.mark.django_db
def test_the_report_after_the_sixtieth_of_an_hour_waits():
    for _ in range(limits.MOST_REPORTS):
        limits.count_report(source="192.0.2.7", now=MONDAY)
    with pytest.raises(kernel.TooManyRequestsError) as refused:
        limits.count_report(source="192.0.2.7", now=MONDAY)
    assert refused.value.retry_after == 30 * 60
    limits.count_report(source="192.0.2.8", now=MONDAY)
