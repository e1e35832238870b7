/** One decoded frame; samples interleaved, each in `bytesPerSample` little-endian bytes, or as an array of values. */
export interface DecodedFrame {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  readonly bits: number;
  readonly signed: boolean;
  /** The codestream was decoded, but something in it does not add up: the picture may be wrong in places. */
  readonly damaged?: boolean;
  readonly values: Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;
}

/** What the header of a codestream claims, read before the codec is trusted with it. */
export interface FrameHeader {
  readonly columns: number;
  readonly rows: number;
  readonly samples: number;
  readonly bits: number;
}
