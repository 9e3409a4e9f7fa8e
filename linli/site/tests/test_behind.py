"""The worker stands behind the pages: its own priority and, where Linux groups by session, its group's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOOK = "import json, os; print(json.dumps([os.nice(0), open('/proc/self/autogroup').read()]))"


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel does not group by session")
def test_the_program_and_its_group_step_back():
    command = [sys.executable, "-m", "linli.site.runtime.behind", sys.executable, "-c", LOOK]
    done = subprocess.run(command, start_new_session=True, capture_output=True, text=True, check=True)
    nice, group = json.loads(done.stdout)
    assert nice >= 5
    assert group.strip().endswith("nice 5")
