"""What the bench of the change feed needs done inside a node: things that change one after the other."""

import time
from typing import Any

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry

SOURCE = "bench-feed"


def changes(prefix: str, count: int, rate: float) -> dict[str, Any]:
    """Let so many people become known at this rate; return when each was committed, in seconds since 1970."""
    registry.register_source(code=SOURCE, name="bench", department="bench", now=kernel.now())
    grid = regions.Grid.objects.order_by("id").values_list("code", flat=True)[0]
    committed: list[float] = []
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        now = kernel.now()
        values = {"name": f"{prefix}{number:05d}", "phone": f"1380{number:07d}", "area_code": grid}
        said = [registry.Statement(f"{prefix}{number}", values, now)]
        registry.take_in(source=SOURCE, kind="person", statements=said, run="bench", by=accounts.SYSTEM, now=now)
        committed.append(time.time())
    return {"committed": committed}


def element(code: str) -> dict[str, Any]:
    """Add a data element of this node."""
    info = registry.ElementInfo("person", code, "bench", type="flag", owner="bench", is_sample=False)
    registry.add_element(element=info, by=accounts.SYSTEM, now=kernel.now())
    return {"element": code}
