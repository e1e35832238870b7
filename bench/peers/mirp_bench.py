"""MIRP: its public function on files; its time holds the reading of two small NIfTI files."""
from timing import Request, measure

request = Request()

import importlib.metadata
import logging
import warnings

logging.disable(logging.WARNING)
warnings.filterwarnings("ignore")

from mirp import extract_features


def families(names):
    return lambda: extract_features(
        image=request.image,
        mask=request.mask,
        image_modality="ct",
        num_cpus=request.threads if request.threads > 1 else None,
        base_feature_families=names,
        base_discretisation_method="fixed_bin_number",
        base_discretisation_n_bins=request.bins,
    )


measure(
    request,
    importlib.metadata.version("mirp"),
    {
        "glcm": families(["glcm"]),
        "texture": families(["glcm", "glrlm", "glszm", "gldzm", "ngtdm", "ngldm"]),
        "morphology": families(["morphological"]),
        "everything": families(["all"]),
    },
)
