"""Timing: the fastest of a few rounds, a command with the memory it takes, and a row of the table."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

COLUMNS = ["part", "what", "figure", "unit", "peer", "peer_figure", "times"]
ROOT = Path(__file__).parent.parent


def best_of(run: Callable, rounds: int = 3) -> float:
    """Seconds of the fastest of a few rounds, after one that is not counted."""
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def run_command(*command: str, cwd: Path = ROOT) -> tuple[float, float]:
    """Seconds of a command, and the most memory it and its children held at once, in MB."""
    start, most = time.perf_counter(), 0.0
    process = psutil.Popen([str(word) for word in command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said: list[bytes] = []
    reader = threading.Thread(target=lambda: said.append(process.stdout.read()))
    reader.start()
    while process.poll() is None:
        held = 0.0
        for member in [process, *process.children(recursive=True)]:
            try:
                held += member.memory_info().rss / 1e6
            except psutil.Error:
                continue
        most = max(most, held)
        time.sleep(0.1)
    reader.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {said[0].decode()[-2000:]}")
    return time.perf_counter() - start, most


def row(part: str, what: str, figure: float, unit: str, peer: str, other: float | None) -> dict:
    """A row of measured.csv: a figure, what ran beside it, and how many times the other the one is."""
    values = (part, what, figure, unit, peer if other else None, other, figure / other if other else None)
    return dict(zip(COLUMNS, (float(f"{v:.3g}") if isinstance(v, float) else v for v in values), strict=True))
