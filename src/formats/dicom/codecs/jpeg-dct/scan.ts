import { RefusedInput } from '../../../../core/refusal.ts';
import { BitReader, type HuffmanTable } from './huffman.ts';
import { ZIGZAG } from './idct.ts';

/** One colour component: its sampling, and its coefficients as the scans fill them. */
export interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly hMax: number;
  readonly vMax: number;
  readonly table: number;
  readonly mcuColumns: number;
  readonly mcuRows: number;
  /** Blocks that hold pixels; a scan of this component alone has just these. */
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Blocks in a row of memory. */
  readonly stride: number;
  readonly coefficients: Int32Array;
  predictor: number;
}

interface Tables {
  readonly dc: readonly (HuffmanTable | undefined)[];
  readonly ac: readonly (HuffmanTable | undefined)[];
  /** MCUs between restarts; 0 for none. */
  readonly restart: number;
}

interface Scan {
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly low: number;
  /** Blocks still to be passed over in an end-of-band run. */
  endOfBand: number;
}

type DecodeBlock = (
  bits: BitReader,
  c: Component,
  at: number,
  dc: HuffmanTable | undefined,
  ac: HuffmanTable | undefined,
  scan: Scan,
) => void;

/** Decodes one scan into the components' coefficients; gives the place behind its data. */
export function decodeScan(
  bytes: Uint8Array,
  from: number,
  header: Uint8Array,
  frame: { readonly components: readonly Component[]; readonly progressive: boolean },
  { dc, ac, restart }: Tables,
): number {
  const broken = (what: string) => new RefusedInput('decode_failed', { what: `JPEG: ${what}` });
  const count = header[0];
  if (count < 1 || count > 4 || header.length < 4 + 2 * count) throw broken('scan header');
  const parts = Array.from({ length: count }, (_, i) => {
    const component = frame.components.find((c) => c.id === header[1 + 2 * i]);
    if (!component) throw broken('component of no frame');
    component.predictor = 0;
    return { component, dc: dc[header[2 + 2 * i] >> 4], ac: ac[header[2 + 2 * i] & 15] };
  });
  const [start, end, approximation] = header.subarray(1 + 2 * count);
  if (start > end || end > 63) throw broken('spectral selection');
  const scan: Scan = {
    from: start,
    to: end,
    high: approximation >> 4,
    low: approximation & 15,
    endOfBand: 0,
  };
  const block = frame.progressive ? progressiveBlock(scan) : sequentialBlock;
  const bits = new BitReader(bytes, from);
  let units = 0;
  const restartIfDue = () => {
    if (restart > 0 && units > 0 && units % restart === 0) {
      bits.restart((units / restart - 1) % 8);
      scan.endOfBand = 0;
      for (const p of parts) p.component.predictor = 0;
    }
    units++;
  };
  const ended = (): number => {
    if (bits.starved) throw broken('data ends early');
    return bits.at;
  };
  if (parts.length === 1) {
    const [{ component: c, dc: d, ac: a }] = parts;
    for (let y = 0; y < c.blockRows; y++) {
      for (let x = 0; x < c.blockColumns; x++) {
        restartIfDue();
        block(bits, c, (y * c.stride + x) * 64, d, a, scan);
      }
    }
    return ended();
  }
  const { mcuColumns, mcuRows } = parts[0].component;
  for (let my = 0; my < mcuRows; my++) {
    for (let mx = 0; mx < mcuColumns; mx++) {
      restartIfDue();
      for (const { component: c, dc: d, ac: a } of parts) {
        for (let y = 0; y < c.v; y++) {
          for (let x = 0; x < c.h; x++)
            block(bits, c, ((my * c.v + y) * c.stride + mx * c.h + x) * 64, d, a, scan);
        }
      }
    }
  }
  return ended();
}

const missing = () => new RefusedInput('decode_failed', { what: 'JPEG: Huffman table missing' });

const sequentialBlock: DecodeBlock = (bits, c, at, dc, ac) => {
  if (!dc || !ac) throw missing();
  c.predictor += bits.extended(dc.next(bits) & 15);
  c.coefficients[at] = c.predictor;
  for (let k = 1; k < 64; k++) {
    const rs = ac.next(bits);
    const size = rs & 15;
    if (size === 0) {
      if (rs >> 4 < 15) return;
      k += 15;
      continue;
    }
    k += rs >> 4;
    if (k > 63) throw new RefusedInput('decode_failed', { what: 'JPEG: coefficient outside its block' });
    c.coefficients[at + ZIGZAG[k]] = bits.extended(size);
  }
};

function progressiveBlock(scan: Scan): DecodeBlock {
  if (scan.from === 0) return scan.high === 0 ? dcFirst : dcRefine;
  return scan.high === 0 ? acFirst : acRefine;
}

const dcFirst: DecodeBlock = (bits, c, at, dc, _ac, { low }) => {
  if (!dc) throw missing();
  c.predictor += bits.extended(dc.next(bits) & 15);
  c.coefficients[at] = c.predictor * (1 << low);
};

const dcRefine: DecodeBlock = (bits, c, at, _dc, _ac, { low }) => {
  if (bits.bit()) c.coefficients[at] |= 1 << low;
};

const acFirst: DecodeBlock = (bits, c, at, _dc, ac, scan) => {
  if (!ac) throw missing();
  if (scan.endOfBand > 0) {
    scan.endOfBand--;
    return;
  }
  for (let k = scan.from; k <= scan.to; k++) {
    const rs = ac.next(bits);
    const run = rs >> 4;
    const size = rs & 15;
    if (size === 0) {
      if (run < 15) {
        scan.endOfBand = (1 << run) - 1 + (run > 0 ? bits.bits(run) : 0);
        return;
      }
      k += 15;
      continue;
    }
    k += run;
    if (k > 63) throw new RefusedInput('decode_failed', { what: 'JPEG: coefficient outside its block' });
    c.coefficients[at + ZIGZAG[k]] = bits.extended(size) * (1 << scan.low);
  }
};

const acRefine: DecodeBlock = (bits, c, at, _dc, ac, scan) => {
  if (!ac) throw missing();
  const one = 1 << scan.low;
  const refine = (place: number) => {
    const v = c.coefficients[place];
    if (bits.bit() && (Math.abs(v) & one) === 0) c.coefficients[place] = v < 0 ? v - one : v + one;
  };
  let k = scan.from;
  if (scan.endOfBand === 0) {
    for (; k <= scan.to; k++) {
      const rs = ac.next(bits);
      let run = rs >> 4;
      let value = 0;
      if ((rs & 15) === 0) {
        if (run < 15) {
          scan.endOfBand = (1 << run) + (run > 0 ? bits.bits(run) : 0);
          break;
        }
      } else value = bits.bit() ? one : -one;
      for (; k <= scan.to; k++) {
        const place = at + ZIGZAG[k];
        if (c.coefficients[place] !== 0) refine(place);
        else if (run-- === 0) {
          if (value !== 0) c.coefficients[place] = value;
          break;
        }
      }
    }
  }
  if (scan.endOfBand > 0) {
    for (; k <= scan.to; k++) {
      const place = at + ZIGZAG[k];
      if (c.coefficients[place] !== 0) refine(place);
    }
    scan.endOfBand--;
  }
};
