"""Kinetic fits as researchers do them in Python, one thread: `kinetics_bench.py REQUEST.json`.

scipy: least_squares within bounds, and the same exact convolution of a piecewise linear input as the product's (a
recursion, run by scipy.signal.lfilter), with four starts for the models that need them.
loop: curve_fit within bounds and np.convolve on the frames, as in the codes that OSIPI collects.
numpy: Patlak as a linear least-squares problem, voxel by voxel and all voxels at once.
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
from scipy.optimize import curve_fit, least_squares
from scipy.signal import lfilter

REQUEST = json.load(open(sys.argv[1]))
T = np.array(REQUEST["minutes"])
CP = np.array(REQUEST["plasma"])
DT = T[1] - T[0]
SLOPE = np.diff(CP) / DT
RUNNING = np.concatenate([[0.0], np.cumsum((CP[1:] + CP[:-1]) / 2 * DT)])


def response(rate):
    """Exact convolution of the piecewise linear input with exp(-rate t), on the frames."""
    x = rate * DT
    e = np.exp(-x)
    if x < 1e-3:
        step, ramp = 1 - x / 2 + x * x / 6 - x**3 / 24, 0.5 - x / 6 + x * x / 24 - x**3 / 120
    else:
        step = -np.expm1(-x) / x
        ramp = (x + np.expm1(-x)) / (x * x)
    drive = np.empty_like(CP)
    drive[0] = 0
    drive[1:] = DT * (CP[:-1] * step + SLOPE * DT * ramp)
    return lfilter([1.0], [1.0, -e], drive)


def shifted(minutes):
    """For t - minutes: plasma and its integral, and the places of the frames on the input."""
    at = T - minutes
    j = np.clip(np.floor(at / DT).astype(int), 0, len(T) - 2)
    s = at - T[j]
    inside = at >= 0
    integral = np.where(inside, RUNNING[j] + s * (CP[j] + s * SLOPE[j] / 2), 0.0)
    return integral, j, s, inside


def response_shifted(rate, j, s, inside):
    h = response(rate)[j]
    x = rate * s
    e = np.exp(-x)
    safe = np.where(x < 1e-3, 1.0, x)
    step = np.where(x < 1e-3, 1 - x / 2 + x * x / 6, -np.expm1(-x) / safe)
    ramp = np.where(x < 1e-3, 0.5 - x / 6 + x * x / 24, (x + np.expm1(-x)) / (safe * safe))
    return np.where(inside, h * e + s * (CP[j] * step + SLOPE[j] * s * ramp), 0.0)


def tofts_extended(p):
    ktrans, ve, vp = p
    return vp * CP + ktrans * response(ktrans / ve)


def patlak(p):
    return p[0] * CP + p[1] * RUNNING


def exchange(p):
    vp, ve, fp, ps = p
    s = (fp + ps) / vp + ps / ve
    root = np.hypot((fp + ps) / vp - ps / ve, 2 * ps / np.sqrt(vp * ve))
    fast = (s + root) / 2
    slow = fp * ps / (vp * ve) / fast
    share = (fp / vp - slow) / root
    return fp * (share * response(fast) + (1 - share) * response(slow))


def homogeneity(p):
    fp, e, ve, tc = p
    left, j, s, inside = shifted(tc)
    return fp * (RUNNING - left) + e * fp * response_shifted(e * fp / ve, j, s, inside)


MODELS = {
    "extended-tofts": (tofts_extended, [0, 1e-4, 0], [5, 1, 1], [[0.1, 0.2, 0.02]]),
    "patlak": (patlak, [0, 0], [1, 5], [[0.02, 0.01]]),
    "two-compartment-exchange": (exchange, [1e-5, 1e-4, 1e-6, 1e-6], [1, 1, 2, 5], [
        [0.05, 0.2, 0.2, 0.1], [0.02, 0.4, 0.6, 0.05], [0.12, 0.2, 0.4, 0.3], [0.05, 0.5, 0.15, 0.02]]),
    "adiabatic-tissue-homogeneity": (homogeneity, [1e-6, 1e-6, 1e-4, 0], [2, 1, 1, 2], [
        [0.2, 0.3, 0.2, 0.1], [0.5, 0.2, 0.3, 0.05], [0.3, 0.5, 0.4, 0.2], [0.7, 0.3, 0.2, 0.15]]),
}


def by_scipy(model, curves):
    function, low, high, starts = MODELS[model]
    squares = []
    for y in curves:
        squares.append(min(2 * least_squares(lambda p: function(p) - y, s, bounds=(low, high)).cost for s in starts))
    return squares


def by_loop(model, curves):
    def etm(t, ktrans, ve, vp):
        return vp * CP + ktrans * np.convolve(CP, np.exp(-ktrans / ve * t))[: len(t)] * DT

    squares = []
    for y in curves:
        p, _ = curve_fit(etm, T, y, p0=[0.1, 0.2, 0.02], bounds=([0, 1e-4, 0], [5, 1, 1]))
        squares.append(float(np.sum((etm(T, *p) - y) ** 2)))
    return squares


def by_lstsq(model, curves):
    a = np.column_stack([CP, RUNNING])
    return [float(np.linalg.lstsq(a, y, rcond=None)[1][0]) for y in curves]


def by_lstsq_at_once(model, curves):
    a = np.column_stack([CP, RUNNING])
    return list(np.linalg.lstsq(a, curves.T, rcond=None)[1])


WAYS = {"scipy": by_scipy, "loop": by_loop, "lstsq": by_lstsq, "lstsq at once": by_lstsq_at_once}

rows = []
for task in REQUEST["tasks"]:
    curves = np.array(task["curves"]).reshape(-1, len(T))
    work = WAYS[task["way"]]
    work(task["model"], curves[:2])
    seconds = []
    for _ in range(REQUEST["runs"]):
        start = time.perf_counter()
        squares = work(task["model"], curves)
        seconds.append(time.perf_counter() - start)
    rows.append({"model": task["model"], "way": task["way"], "seconds": seconds, "squares": squares, "voxels": len(curves)})
print(json.dumps({"version": f"scipy {scipy.__version__}, numpy {np.__version__}", "rows": rows}))
