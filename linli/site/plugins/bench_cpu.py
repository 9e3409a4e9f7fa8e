"""The processor time that the processes of a node and of its database have used, read from /proc (Linux)."""

import os
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
ROLES = ("granian", "worker", "relay")


def descendants(ancestor: int) -> dict[int, list[int]]:
    """Return every process below this one with its children."""
    children: dict[int, list[int]] = {}
    for pid in _processes():
        children.setdefault(_parent(pid), []).append(pid)
    found: dict[int, list[int]] = {}
    waiting = [ancestor]
    while waiting:
        pid = waiting.pop()
        found[pid] = children.get(pid, [])
        waiting += found[pid]
    return found


def pids_of(role: str, *, below: int) -> list[int]:
    """Return the processes below this one that play a role: granian, worker or relay; the oldest first."""
    return sorted(pid for pid in descendants(below) if role in _command(pid))


def node_seconds(ancestor: int) -> dict[str, float]:
    """Return the processor seconds used so far by the processes below this one, by role."""
    used = dict.fromkeys(ROLES, 0.0)
    for pid in descendants(ancestor):
        role = next((role for role in ROLES if role in _command(pid)), None)
        if role:
            used[role] += seconds_of(pid)
    return used


def database_seconds(name: str) -> dict[int, float]:
    """Return the processor seconds of each server process that serves this database; empty for a server elsewhere."""
    return {
        pid: seconds_of(pid)
        for pid in _processes()
        if (words := _command(pid)).startswith("postgres:") and name in words.split()
    }


def seconds_of(pid: int) -> float:
    """Return the processor seconds of a process with all its threads, 0.0 when it is gone."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _processes() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()) if PROC.is_dir() else iter(())


def _command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else -1


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the third on, see proc(5)."""
    try:
        return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []
