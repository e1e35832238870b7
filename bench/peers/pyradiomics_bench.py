"""pyradiomics: the extractor on images in memory; reading is not timed. It has no threads of its own."""
from timing import Request, measure

request = Request()

import logging

import radiomics
import SimpleITK as sitk
from radiomics.featureextractor import RadiomicsFeatureExtractor

logging.getLogger("radiomics").setLevel(logging.ERROR)
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(request.threads)
image = sitk.ReadImage(request.image)
mask = sitk.Cast(sitk.ReadImage(request.mask), sitk.sitkUInt8)

TEXTURE = ["glcm", "glrlm", "glszm", "gldm", "ngtdm"]


def extractor(classes):
    made = RadiomicsFeatureExtractor(binCount=request.bins, additionalInfo=False)
    made.disableAllFeatures()
    for name in classes:
        made.enableFeatureClassByName(name)
    return lambda: made.execute(image, mask)


measure(
    request,
    radiomics.__version__,
    {
        "glcm": extractor(["glcm"]),
        "texture": extractor(TEXTURE),
        "morphology": extractor(["shape"]),
        "everything": extractor(["shape", "firstorder", *TEXTURE]),
    },
)
