"""Peers of bench/segmentation.mjs: one line of JSON with seconds and one number of the result for each task."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import maxflow  # noqa: E402
import numpy as np  # noqa: E402
import skimage  # noqa: E402
import sklearn  # noqa: E402
from skimage.segmentation import chan_vese, morphological_chan_vese, random_walker  # noqa: E402
from sklearn.cluster import KMeans  # noqa: E402

REQUEST = json.load(open(sys.argv[1]))


def array(task, what, dtype):
    """First axis fastest on disk: z, y, x here."""
    shape = tuple(reversed(task["size"]))
    return np.fromfile(os.path.join(REQUEST["folder"], task[what]), dtype=dtype).reshape(shape)


def dice(labels, truth):
    return float(2 * np.sum(labels & truth) / (np.sum(labels) + np.sum(truth)))


def graph_cut(data, truth, strokes):
    terminal = np.floor(10.0 * (data.astype(np.float64) - 50) + 0.5).astype(np.int32)

    def work():
        graph = maxflow.GraphInt(data.size, 3 * data.size)
        nodes = graph.add_grid_nodes(data.shape)
        graph.add_grid_edges(nodes, REQUEST["weight"])
        graph.add_grid_tedges(nodes, np.maximum(terminal, 0), np.maximum(-terminal, 0))
        return float(graph.maxflow())

    return "PyMaxflow", work


def k_means(data, truth, strokes):
    values = data.reshape(-1, 1)
    return "scikit-learn", lambda: float(
        KMeans(REQUEST["classes"], n_init=1, random_state=1, tol=0, max_iter=200).fit(values).inertia_)


def oriented(labels, data):
    """Chan-Vese does not say which side is which: the brighter one is meant."""
    return labels if data[labels].mean() > data[~labels].mean() else ~labels


def chan_vese_2d(data, truth, strokes):
    flat = data[0].astype(np.float64)
    return "scikit-image", lambda: dice(oriented(chan_vese(flat, mu=0.25, max_num_iter=500), flat)[None], truth == 1)


def chan_vese_3d(data, truth, strokes):
    return "scikit-image", lambda: dice(oriented(morphological_chan_vese(data, 100, smoothing=2) == 1, data), truth == 1)


def walker(data, truth, strokes):
    return "scikit-image", lambda: dice(random_walker(data, strokes.astype(np.int32), beta=130, mode="cg_j") == 1, truth == 1)


WORK = {"graph-cut": graph_cut, "k-means": k_means, "chan-vese-2d": chan_vese_2d, "chan-vese-3d": chan_vese_3d,
        "strokes": walker}

rows = []
for task in REQUEST["tasks"]:
    peer, work = WORK[task["id"]](array(task, "data", np.float32), array(task, "truth", np.uint8), array(task, "strokes", np.uint8))
    value = work()
    seconds = []
    for _ in range(REQUEST["runs"]):
        start = time.perf_counter()
        value = work()
        seconds.append(time.perf_counter() - start)
        if sum(seconds) > 60:
            break
    rows.append({"id": task["id"], "peer": peer, "seconds": seconds, "value": value})
print(json.dumps({
    "version": f"PyMaxflow {maxflow.__version__}, scikit-learn {sklearn.__version__}, scikit-image {skimage.__version__}",
    "rows": rows,
}))
