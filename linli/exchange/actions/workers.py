"""Processes that share out the parts of a large piece of work 并行装载, each with a connection of its own."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any

import django
from django.db import connection
from psycopg.conninfo import make_conninfo

AHEAD = 4  # parts that wait for each process
Spread = Callable[[Callable[[Any], int], Iterable[Any]], Iterator[int]]


@contextmanager
def workers(processes: int) -> Iterator[Spread]:
    """Start processes at once, and give what lets them work on parts and yields each result as it comes.

    Without processes the work is done here.
    """
    if not processes:
        yield map
        return
    with (
        _address_for_children(),
        ProcessPoolExecutor(
            processes, mp_context=multiprocessing.get_context("spawn"), initializer=django.setup
        ) as pool,
    ):
        for _process in range(processes):
            pool.submit(os.getpid)  # so that they start while the caller still reads

        def spread(work: Callable[[Any], int], parts: Iterable[Any]) -> Iterator[int]:
            left = iter(parts)
            under_way: set[Future[int]] = {pool.submit(work, part) for part in islice(left, processes * AHEAD)}
            while under_way:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for one in done:
                    yield one.result()
                    under_way |= {pool.submit(work, part) for part in islice(left, 1)}

        yield spread


@contextmanager
def _address_for_children() -> Iterator[None]:
    """Tell processes that are started now which database this one works on."""
    told = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "options")
    before = os.environ.get("LINLI_DATABASE_URL")
    os.environ["LINLI_DATABASE_URL"] = make_conninfo("", **{name: told[name] for name in names if told.get(name)})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    try:
        yield
    finally:
        if before is None:
            del os.environ["LINLI_DATABASE_URL"]
        else:
            os.environ["LINLI_DATABASE_URL"] = before
