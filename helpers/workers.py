"""Workers: where chunks are analyzed: in this process, in several on this machine, or on a Dask cluster."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from .tables import RunError

DASK_LOST = ("KilledWorker", "CommClosedError", "FutureCancelledError")   # by name: Dask is optional


class Workers(NamedTuple):
    """Where work runs (null: in this process), how many items may wait there, and the threads each may use (null: all
    cores)."""

    executor: Executor | None = None
    ahead: int = 0
    threads: int | None = None


def leave_with_parent() -> None:
    """In a worker process: end when the process that started it does, however that ended, and by nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


@contextmanager
def open_workers(jobs: int = 1, cluster: str | None = None) -> Iterator[Workers]:
    """This process, `jobs` processes that share its cores, or the workers of the Dask cluster at an address.

    Raises RunError where there is no cluster, or no Dask to reach it.
    """
    if cluster:
        try:
            from distributed import Client
        except ImportError:
            raise RunError("--cluster needs Dask: pip install -e '.[cluster]'") from None
        try:
            client = Client(cluster, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise RunError(f"no cluster at {cluster}: {str(error) or type(error).__name__}") from None
        with client:
            yield Workers(client.get_executor(pure=False), 2 * sum(client.nthreads().values()) or 2, 1)
    elif jobs > 1:
        threads = max(1, (os.cpu_count() or 1) // jobs)
        context = multiprocessing.get_context("spawn")   # the models have threads, which do not survive a fork
        pool = ProcessPoolExecutor(jobs, context, leave_with_parent)
        try:
            yield Workers(pool, 2 * jobs, threads)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    else:
        yield Workers()


def wait_for(future: Future) -> object:
    """What a worker found; raises RunError where it was lost on the way."""
    try:
        return future.result()
    except Exception as error:
        name = type(error).__name__
        if isinstance(error, (BrokenExecutor, CancelledError, OSError)) or name in DASK_LOST:
            raise RunError(f"a worker was lost ({name}); what was analyzed is kept, run it again") from None
        raise


def run_ahead(workers: Workers, work: Callable, items: Iterable) -> Iterator:
    """What `work` makes of each item, in order; items are asked for only as far ahead as the workers need."""
    waiting: deque = deque()
    for item in items:
        if workers.executor is None:
            yield work(item)
            continue
        waiting.append(workers.executor.submit(work, item))
        if len(waiting) > workers.ahead:
            yield wait_for(waiting.popleft())
    while waiting:
        yield wait_for(waiting.popleft())
