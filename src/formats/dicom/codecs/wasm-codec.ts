import { RefusedInput } from '../../../core/refusal.ts';
import { fromBase64 } from './base64.ts';
import type { DecodedFrame } from './codec.ts';

/** The decoder class that the Wasm builds of OpenJPEG and OpenJPH share. */
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

interface Codec {
  readonly factory: () => Promise<{ readonly default: unknown }>;
  readonly wasm: () => Promise<{ readonly WASM_BASE64: string }>;
  readonly decoder: string;
}

const CODECS = {
  'jpeg-2000': {
    factory: () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    wasm: () => import('./openjpeg.generated.ts'),
    decoder: 'J2KDecoder',
  },
  htj2k: {
    factory: () => import('@cornerstonejs/codec-openjph/wasmjs'),
    wasm: () => import('./openjph.generated.ts'),
    decoder: 'HTJ2KDecoder',
  },
} as const satisfies Record<string, Codec>;

export type WasmCodecName = keyof typeof CODECS;

/** What each codec had to complain of since its count was last set to zero. */
const complaints = new Map<WasmCodecName, number>();

const started = new Map<WasmCodecName, Promise<Record<string, new () => Decoder>>>();

async function start(name: WasmCodecName): Promise<Record<string, new () => Decoder>> {
  const { factory, wasm } = CODECS[name];
  const [glue, { WASM_BASE64 }] = await Promise.all([factory(), wasm()]);
  const make = (glue as { default: unknown }).default as Factory;
  const listen = (line: unknown) => {
    if (/^\[(WARNING|ERROR)\]/.test(String(line))) complaints.set(name, (complaints.get(name) ?? 0) + 1);
  };
  return make({ wasmBinary: fromBase64(WASM_BASE64), print: listen, printErr: listen });
}

/**
 * Decodes one frame with a Wasm codec. A codec that trapped is dropped and started anew for the next frame.
 * @throws RefusedInput `decode_failed`.
 */
export async function decodeWasm(name: WasmCodecName, frame: Uint8Array): Promise<DecodedFrame> {
  let module = started.get(name);
  if (!module) {
    module = start(name);
    started.set(name, module);
  }
  let decoder: Decoder | undefined;
  try {
    decoder = new (await module)[CODECS[name].decoder]();
    decoder.getEncodedBuffer(frame.length).set(frame);
    complaints.set(name, 0);
    decoder.decode();
    const decoded = toFrame(decoder.getFrameInfo(), decoder.getDecodedBuffer());
    const result = { ...decoded, damaged: complaints.get(name) !== 0 };
    decoder.delete();
    return result;
  } catch (error) {
    if (error instanceof RefusedInput) throw error;
    // A trap leaves the memory in no known state; an exception of the codec's own was unwound.
    const trapped = error instanceof Error;
    if (trapped || countFailure(name) || !isDeleted(decoder)) started.delete(name);
    throw new RefusedInput('decode_failed', { what: name });
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

const failures = new Map<WasmCodecName, number>();

/** Counts what a codec refused; true when so much may have leaked that it is to be started anew. */
function countFailure(name: WasmCodecName): boolean {
  const n = (failures.get(name) ?? 0) + 1;
  failures.set(name, n % 100);
  return n === 100;
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
