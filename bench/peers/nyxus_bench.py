"""Nyxus: its 3D class on files; its time holds the reading of two small NIfTI files."""
from timing import Request, measure

request = Request()

import importlib.metadata

import nyxus


def features(names):
    made = nyxus.Nyxus3D(names, n_feature_calc_threads=request.threads, coarse_gray_depth=request.bins)
    return lambda: made.featurize_files([request.image], [request.mask], True)


TEXTURE = ["*3D_GLCM*", "*3D_GLRLM*", "*3D_GLSZM*", "*3D_GLDZM*", "*3D_NGTDM*", "*3D_GLDM*", "*3D_NGLDM*"]

measure(
    request,
    importlib.metadata.version("nyxus"),
    {
        "glcm": features(["*3D_GLCM*"]),
        "texture": features(TEXTURE),
        "morphology": features(["*3D_ALL_MORPHOLOGY*"]),
        "everything": features(["*3D_ALL*"]),
    },
)
