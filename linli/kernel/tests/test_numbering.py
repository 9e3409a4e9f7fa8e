"""Human numbers count per prefix and day and never come twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from linli.kernel import api as kernel
from linli.kernel.models import Serial

DAY = date(2026, 11, 22)


@pytest.mark.django_db
def test_next_number_counts_per_prefix_and_day():
    assert kernel.next_number(prefix="南苑", day=DAY) == "南苑-20261122-0001"
    assert kernel.next_number(prefix="南苑", day=DAY) == "南苑-20261122-0002"
    assert kernel.next_number(prefix="学府", day=DAY) == "学府-20261122-0001"
    assert kernel.next_number(prefix="南苑", day=date(2026, 11, 23)) == "南苑-20261123-0001"


@pytest.mark.django_db
def test_next_number_grows_beyond_four_digits():
    Serial.objects.create(prefix="南苑", day=DAY, last=9999)
    assert kernel.next_number(prefix="南苑", day=DAY) == "南苑-20261122-10000"


@pytest.mark.django_db(transaction=True)
def test_next_number_never_gives_one_number_twice():
    def take(count):
        try:
            return [kernel.next_number(prefix="南苑", day=DAY) for _ in range(count)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        numbers = [number for taken in threads.map(take, [50] * 4) for number in taken]
    assert sorted(numbers) == [f"南苑-20261122-{serial:04d}" for serial in range(1, 201)]
