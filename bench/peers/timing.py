"""Shared by the peers' scripts: reads the request, times the tasks, prints one line of JSON."""
import json
import os
import sys
import time


class Request:
    """`script.py IMAGE MASK THREADS RUNS BINS TASK...`; files are NIfTI, the mask holds 0 and 1."""

    def __init__(self):
        self.image, self.mask = sys.argv[1:3]
        self.threads, self.runs, self.bins = (int(a) for a in sys.argv[3:6])
        self.tasks = sys.argv[6:]
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS",
                     "PICTOLOGICS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
            os.environ[name] = str(self.threads)


# Seconds for the counted runs of one task: slow peers are measured fewer times, and the table says how many. A task
# whose first run takes all of it is not run again; that run, with whatever warms up in it, is the figure.
BUDGET = 15.0


def measure(request, version, work):
    """`work` maps a task to a function without arguments. One run warms up, the others are counted. A line a task."""
    say({"version": version})
    for task in request.tasks:
        if task not in work:
            say({"task": task, "missing": "the peer has no such task"})
            continue
        try:
            start = time.perf_counter()
            result = work[task]()
            first = time.perf_counter() - start
            seconds = [] if first < BUDGET else [first]
            used = time.process_time()
            began = time.perf_counter()
            while first < BUDGET and len(seconds) < request.runs:
                start = time.perf_counter()
                result = work[task]()
                seconds.append(time.perf_counter() - start)
                if time.perf_counter() - began > BUDGET:
                    break
            # Processor time over wall time shows whether the peer kept to its threads.
            cores = (time.process_time() - used) / max(time.perf_counter() - began, 1e-9) if first < BUDGET else None
            say({"task": task, "seconds": seconds, "features": count(result), "cores": cores})
        except Exception as error:  # a peer that fails is a row of the table, not the end of the bench
            say({"task": task, "missing": f"{type(error).__name__}: {error}"[:200]})


def say(row):
    print("\n" + json.dumps(row), flush=True)


def count(result):
    """Number of features in whatever the peer returned."""
    if hasattr(result, "shape") and len(getattr(result, "shape")) == 2:
        return int(result.shape[1])
    if isinstance(result, list) and result and hasattr(result[0], "shape"):
        return int(result[0].shape[1])
    return len(result) if hasattr(result, "__len__") else 0
