"""Reads what Kinetex exported with pydicom, highdicom and SimpleITK, and prints what each saw as JSON.

Usage: readers.py FOLDER, which may hold map.dcm, segmentation.dcm, structures.dcm, measurements.dcm, regions.nii.gz, regions.seg.nrrd
"""

import hashlib
import json
import sys
from pathlib import Path

import highdicom as hd
import numpy as np
import pydicom
import SimpleITK as sitk

folder = Path(sys.argv[1])


def digest(mask):
    return hashlib.sha256(np.ascontiguousarray(mask, dtype=np.uint8).tobytes()).hexdigest()


def occupied(mask):
    """The slices that hold a voxel."""
    return mask[mask.reshape(mask.shape[0], -1).any(axis=1)]


def segmentation(path):
    seg = hd.seg.segread(path)
    out = []
    for number in seg.segment_numbers:
        description = seg.get_segment_description(number)
        volume = seg.get_volume(segment_numbers=[number], combine_segments=False)
        array = np.squeeze(volume.array, axis=-1)
        slices, rows, columns = (volume.affine[:3, axis] for axis in range(3))
        if np.dot(slices, np.cross(columns, rows)) < 0:  # highdicom may order slices against the normal
            array = array[::-1]
        out.append(
            {
                "number": int(number),
                "label": description.segment_label,
                "category": description.segmented_property_category.value,
                "algorithm": description.algorithm_type.value,
                "voxels": int(array.sum()),
                "frames": len(occupied(array)),
                "digest": digest(occupied(array)),
            }
        )
    return {
        "segments": out,
        "overlap": str(seg.SegmentsOverlap),
        "sources": len(seg.get_source_image_uids()) if "DerivationImageSequence" in seg.PerFrameFunctionalGroupsSequence[0] else 0,
        "preamble": bytes(Path(path).read_bytes()[:128]).count(0),
    }


def structures(path):
    data = pydicom.dcmread(path)
    by_number = {int(c.ReferencedROINumber): c for c in data.ROIContourSequence}
    return [
        {
            "name": roi.ROIName,
            "algorithm": roi.ROIGenerationAlgorithm,
            "colour": [int(c) for c in by_number[int(roi.ROINumber)].ROIDisplayColor],
            "contours": len(by_number[int(roi.ROINumber)].ContourSequence),
            "points": sum(int(c.NumberOfContourPoints) for c in by_number[int(roi.ROINumber)].ContourSequence),
            "broken": sum(
                len(c.ContourData) != 3 * int(c.NumberOfContourPoints)
                for c in by_number[int(roi.ROINumber)].ContourSequence
            ),
        }
        for roi in data.StructureSetROISequence
    ]


def measurements(path):
    report = hd.sr.srread(path)
    assert isinstance(report, hd.sr.Comprehensive3DSR), type(report)
    groups = report.content.get_volumetric_roi_measurement_groups()
    return [
        {
            "tracking": group.tracking_identifier,
            "uid": group.tracking_uid,
            "segment": int(group.referenced_segment[0].ReferencedSOPSequence[0].ReferencedSegmentNumber),
            "finding": group.finding_type.value,
            "measurements": [
                {
                    "code": m.name.value,
                    "scheme": m.name.scheme_designator,
                    "value": m.value,
                    "unit": m.unit.value if m.value is not None else None,
                    "method": m.method.value if m.method else None,
                }
                for m in group.get_measurements()
            ],
        }
        for group in groups
    ]


def image(path):
    read = sitk.ReadImage(str(path))
    array = sitk.GetArrayFromImage(read)
    labels = [int(v) for v in np.unique(array) if v > 0]
    return {
        "size": list(read.GetSize()),
        "origin": list(read.GetOrigin()),
        "spacing": list(read.GetSpacing()),
        "direction": list(read.GetDirection()),
        "digests": {str(label): digest(array == label) for label in labels},
        "voxels": {str(label): int((array == label).sum()) for label in labels},
        "occupied": {str(label): digest(occupied(array == label)) for label in labels},
        "names": {k: read.GetMetaData(k) for k in read.GetMetaDataKeys() if k.startswith("Segment") and k.endswith("Name")},
    }


def parametric_map(path):
    read = pydicom.dcmread(path)
    assert read.SOPClassUID == "1.2.840.10008.5.1.4.1.1.30", read.SOPClassUID
    array = read.pixel_array.astype(np.float64)
    mapping = read.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    volume = hd.Image.from_dataset(read).get_volume(apply_real_world_transform=False)
    finite = np.isfinite(array)
    return {
        "frames": int(read.NumberOfFrames),
        "shape": list(volume.array.shape),
        "values": int(finite.sum()),
        "mean": float(array[finite].mean()),
        "unit": mapping.MeasurementUnitsCodeSequence[0].CodeValue,
    }


READERS = {
    "map.dcm": parametric_map,
    "segmentation.dcm": segmentation,
    "structures.dcm": structures,
    "measurements.dcm": measurements,
    "regions.nii.gz": image,
    "regions.seg.nrrd": image,
}
print(json.dumps({name: read(folder / name) for name, read in READERS.items() if (folder / name).exists()}))
