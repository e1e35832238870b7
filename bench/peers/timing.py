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


# A task that takes longer than this a run is measured fewer times; the number of runs is reported.
LONG = 60.0


def measure(request, version, work):
    """`work` maps a task to a function without arguments. One run warms up, the others are counted."""
    rows = []
    for task in request.tasks:
        if task not in work:
            rows.append({"task": task, "missing": "the peer has no such task"})
            continue
        try:
            start = time.perf_counter()
            result = work[task]()
            first = time.perf_counter() - start
            seconds = [] if first < LONG else [first]
            used = time.process_time()
            began = time.perf_counter()
            while first < LONG and len(seconds) < request.runs:
                start = time.perf_counter()
                result = work[task]()
                seconds.append(time.perf_counter() - start)
            # Processor time over wall time shows whether the peer kept to its threads.
            cores = (time.process_time() - used) / max(time.perf_counter() - began, 1e-9) if first < LONG else None
            rows.append({"task": task, "seconds": seconds, "features": count(result), "cores": cores})
        except Exception as error:  # a peer that fails is a row of the table, not the end of the bench
            rows.append({"task": task, "missing": f"{type(error).__name__}: {error}"[:200]})
    print("\n" + json.dumps({"version": version, "rows": rows}), flush=True)


def count(result):
    """Number of features in whatever the peer returned."""
    if hasattr(result, "shape") and len(getattr(result, "shape")) == 2:
        return int(result.shape[1])
    if isinstance(result, list) and result and hasattr(result[0], "shape"):
        return int(result[0].shape[1])
    return len(result) if hasattr(result, "__len__") else 0
