import { RefusedInput } from '../../../core/refusal.ts';
import { fromBase64 } from './base64.ts';
import type { DecodedFrame } from './codec.ts';

/** The decoder class of the Wasm build of OpenJPEG. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned?: boolean;
  };
  getDecodedBuffer(): Uint8Array;
  delete(): void;
}

type Factory = (options: object) => Promise<Record<string, new () => Decoder>>;

/** What the codec had to complain of since this was last set to zero. */
let complaints = 0;

let started: Promise<Record<string, new () => Decoder>> | undefined;

async function start(): Promise<Record<string, new () => Decoder>> {
  const [glue, { WASM_BASE64 }] = await Promise.all([
    import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    import('./openjpeg.generated.ts'),
  ]);
  const make = (glue as { default: unknown }).default as Factory;
  const listen = (line: unknown) => {
    if (/^\[(WARNING|ERROR)\]/.test(String(line))) complaints++;
  };
  return make({ wasmBinary: fromBase64(WASM_BASE64), print: listen, printErr: listen });
}

/**
 * Decodes one JPEG 2000 or HTJ2K frame with OpenJPEG. Both, since OpenJPH gives black where a block of HTJ2K is damaged,
 * and does not say so. A codec that trapped is dropped and started anew for the next frame.
 * @throws RefusedInput `decode_failed`.
 */
export async function decodeJpeg2000(frame: Uint8Array): Promise<DecodedFrame> {
  started ??= start();
  let decoder: Decoder | undefined;
  try {
    decoder = new (await started).J2KDecoder();
    decoder.getEncodedBuffer(frame.length).set(frame);
    complaints = 0;
    decoder.decode();
    const decoded = toFrame(decoder.getFrameInfo(), decoder.getDecodedBuffer());
    const result = { ...decoded, damaged: complaints !== 0 };
    decoder.delete();
    return result;
  } catch (error) {
    if (error instanceof RefusedInput) throw error;
    // A trap leaves the memory in no known state; an exception of the codec's own was unwound.
    const trapped = error instanceof Error;
    if (trapped || tooManyFailures() || !isDeleted(decoder)) started = undefined;
    throw new RefusedInput('decode_failed', { what: 'JPEG 2000' });
  }
}

/** Frees a decoder that failed; false when that, too, went wrong. */
function isDeleted(decoder: Decoder | undefined): boolean {
  try {
    decoder?.delete();
    return true;
  } catch {
    return false;
  }
}

let failures = 0;

/** Counts what the codec refused; true when so much may have leaked that it is to be started anew. */
function tooManyFailures(): boolean {
  failures = (failures + 1) % 100;
  return failures === 0;
}

function toFrame(info: ReturnType<Decoder['getFrameInfo']>, memory: Uint8Array): DecodedFrame {
  const {
    width: columns,
    height: rows,
    componentCount: samples,
    bitsPerSample: bits,
    isSigned: signed = false,
  } = info;
  const count = columns * rows * samples;
  const width = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  if (memory.length < count * width)
    throw new RefusedInput('decode_failed', { what: `${memory.length} of ${count * width} bytes` });
  const bytes = memory.slice(0, count * width);
  const { buffer } = bytes;
  const values =
    width === 1
      ? signed
        ? new Int8Array(buffer)
        : bytes
      : width === 2
        ? signed
          ? new Int16Array(buffer)
          : new Uint16Array(buffer)
        : signed
          ? new Int32Array(buffer)
          : new Uint32Array(buffer);
  return { columns, rows, samples, bits, signed, values };
}
