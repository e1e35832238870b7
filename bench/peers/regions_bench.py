"""Region editing as Python libraries do it, one thread: `regions_bench.py REQUEST.json`.

SimpleITK, scikit-image and scipy on the same float32 image; each task once for warming, then as often as asked.
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
import scipy.ndimage
import SimpleITK as sitk
import skimage
import skimage.measure
import skimage.segmentation

REQUEST = json.load(open(sys.argv[1]))
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
NX, NY, NZ = REQUEST["size"]
ARRAY = np.fromfile(REQUEST["image"], dtype="<f4").reshape(NZ, NY, NX)
IMAGE = sitk.GetImageFromArray(ARRAY)
IMAGE.SetSpacing(REQUEST["spacing"])
LOW, HIGH = REQUEST["range"]
GLOW, GHIGH = REQUEST["grow"]
SEED = REQUEST["seed"]
(X0, Y0, Z0), (X1, Y1, Z1) = REQUEST["box"]
MASK = ((ARRAY >= GLOW) & (ARRAY <= GHIGH)).astype(np.uint8)
PART = np.ascontiguousarray(MASK[Z0:Z1, Y0:Y1, X0:X1])
PART_IMAGE = sitk.GetImageFromArray(PART)
PART_IMAGE.SetSpacing(REQUEST["spacing"])
MILLIMETRES = REQUEST["margin"]
SPACING = REQUEST["spacing"][::-1]


def margin_scipy():
    return scipy.ndimage.distance_transform_edt(1 - PART, sampling=SPACING) <= MILLIMETRES


def margin_sitk():
    far = sitk.SignedMaurerDistanceMap(PART_IMAGE, squaredDistance=False, useImageSpacing=True)
    return sitk.BinaryThreshold(far, -1e9, MILLIMETRES)


TASKS = {
    "threshold": {
        "numpy": lambda: (ARRAY >= LOW) & (ARRAY <= HIGH),
        "SimpleITK": lambda: sitk.BinaryThreshold(IMAGE, LOW, HIGH),
    },
    "growing": {
        "SimpleITK": lambda: sitk.ConnectedThreshold(IMAGE, [SEED], GLOW, GHIGH),
        "scikit-image": lambda: skimage.segmentation.flood(MASK, tuple(SEED[::-1]), connectivity=1),
    },
    "islands": {
        "SimpleITK": lambda: sitk.ConnectedComponent(PART_IMAGE, True),
        "scikit-image": lambda: skimage.measure.label(PART, connectivity=3),
    },
    "margin": {"SimpleITK": margin_sitk, "scipy": margin_scipy},
}

rows = []
for task, ways in TASKS.items():
    for peer, work in ways.items():
        result = work()
        # A view lives as long as its image: kept until it is counted.
        array = sitk.GetArrayViewFromImage(result) if isinstance(result, sitk.Image) else result
        voxels = int(np.count_nonzero(array))
        del array, result
        seconds = []
        for _ in range(REQUEST["runs"]):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
        rows.append({"task": task, "peer": peer, "seconds": seconds, "voxels": voxels})
versions = f"SimpleITK {sitk.Version_VersionString()}, scikit-image {skimage.__version__}, scipy {scipy.__version__}"
print(json.dumps({"version": versions, "rows": rows}))
