"""Times a call on a short and on a long input, to tell whether its time grows with the length or with its square."""

import gc
import time
from collections.abc import Callable
from typing import Any

Call = Callable[[], Any]
FLOOR = 0.002  # seconds; below it the clock says more than the work does
ATTEMPTS = 3  # another process may disturb a measurement; what is quadratic is so every time


def filled(unit: str, size: int) -> str:
    """`unit` again and again, `size` characters in all."""
    return (unit * (size // len(unit) + 1))[:size]


def seconds(call: Call, times: int = 3) -> float:
    """The least processor time of `times` calls; one that takes long is measured once.

    Without garbage collection, as in `timeit`: a collection goes through all that earlier tests left in the process.
    """
    taken = []
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
            if taken[-1] > 1:
                break
    finally:
        if collecting:
            gc.enable()
    return min(taken)


def assert_grows(prepare: Callable[[int], Call], small: int, large: int, *, power: float = 1) -> None:
    """That the time of what `prepare` gives for a size grows with that power of the size.

    The limit lies half-way to the next power: 8 times the text may take 8 ** 1.5 times the time where it should take 8
    times and would take 64 if it were quadratic. The first call, which loads what is loaded once, does not count.
    """
    limit = (large / small) ** (power + 0.5)
    short, long = prepare(small), prepare(large)
    short()
    ratios = []
    for _ in range(ATTEMPTS):
        ratios.append(max(seconds(long), FLOOR) / max(seconds(short), FLOOR))
        if ratios[-1] < limit:
            return
    raise AssertionError(f"{large / small:.0f} times the input took {ratios} times the time; at most {limit:.1f}")
