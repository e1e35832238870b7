/** Attributes that the report reads beyond those of the rules; `sequence>tag` reads the first item of a sequence. */
export const REPORT_TAGS = [
  '00080070', // Manufacturer
  '00081090', // ManufacturerModelName
  '00180010', // ContrastBolusAgent
  '00180015', // BodyPartExamined
  '00180022', // ScanOptions
  '00180083', // NumberOfAverages
  '00180091', // EchoTrainLength
  '00181040', // ContrastBolusRoute
  '00181041', // ContrastBolusVolume
  '00181046', // ContrastFlowRate
  '00181151', // XRayTubeCurrent
  '00181152', // Exposure
  '00181210', // ConvolutionKernel
  '00181250', // ReceiveCoilName
  '00189073', // AcquisitionDuration
  '00189315', // ReconstructionAlgorithm
  '00541101', // AttenuationCorrectionMethod
  '00541103', // ReconstructionMethod
  '00541105', // ScatterCorrectionMethod
  '00540016>00180031', // Radiopharmaceutical
  '00540016>00181074', // RadionuclideTotalDose
  '00180088', // SpacingBetweenSlices
] as const;
