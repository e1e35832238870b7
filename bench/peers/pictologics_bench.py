"""pictologics: its feature functions on arrays in memory; reading is not timed, discretisation is."""
from timing import Request, measure

request = Request()

import numpy as np
import pictologics
from pictologics.features import intensity, morphology, texture
from pictologics.preprocessing import apply_mask, discretise_image

image = pictologics.load_image(request.image)
mask = pictologics.load_image(request.mask)
BINS = request.bins


def discretised():
    return discretise_image(image, method="FBN", n_bins=BINS, roi_mask=mask)


def textures(families=None):
    return texture.calculate_all_texture_features(
        discretised().array, mask.array, BINS, distance_mask_array=mask.array, families=families
    )


def everything():
    binned = discretised()
    out = dict(morphology.calculate_morphology_features(mask, image, mask))
    out.update(intensity.calculate_intensity_features(apply_mask(image, mask)))
    out.update(intensity.calculate_intensity_histogram_features(apply_mask(binned, mask)))
    out.update(intensity.calculate_ivh_features(apply_mask(binned, mask)))
    out.update(
        texture.calculate_all_texture_features(binned.array, mask.array, BINS, distance_mask_array=mask.array)
    )
    return out


measure(
    request,
    pictologics.__version__,
    {
        "glcm": lambda: textures("glcm"),
        "texture": textures,
        "morphology": lambda: morphology.calculate_morphology_features(mask, image, mask),
        "moran-geary": lambda: intensity.calculate_spatial_intensity_features(image, mask),
        "everything": everything,
    },
)
