import { labOf, rgbOf, type Triple } from './colour-spaces.ts';

/**
 * Colour maps of parameter maps. Sequential ones rise evenly in lightness, so that they also read in grey and to
 * eyes that do not tell red from green; the diverging one is for values about a middle.
 */
export const COLOUR_MAPS = ['viridis', 'inferno', 'grey', 'diverging'] as const;
export type ColourMapName = (typeof COLOUR_MAPS)[number];

/**
 * Every 16th colour of viridis and inferno, by S. van der Walt and N. Smith (2015), published with matplotlib under
 * CC0; what lies between is interpolated in sRGB, which over such short steps meets their own colours.
 */
const ANCHORS = {
  viridis:
    '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725',
  inferno:
    '000004 0b0724 210c4a 3d0965 57106e 71196e 8a226a a32c61 bc3754 d24644 e45a31 f1731d f98e09 fcac11 f9cb35 f2ea69 fcffa4',
} as const;

const coloursIn = (text: string): Triple[] =>
  text
    .split(' ')
    .map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Triple);

/** The anchors lie at 0, 16, 32, … 240 and 255 of 256. */
function between(anchors: readonly Triple[]): (at: number) => Triple {
  const last = anchors.length - 2;
  return (at) => {
    const before = Math.min(last, Math.floor(at / 16));
    const [from, to] = [anchors[before]!, anchors[before + 1]!];
    const end = before === last ? 255 : (before + 1) * 16;
    const share = (at - before * 16) / (end - before * 16);
    return from.map((v, i) => v + share * (to[i]! - v)) as unknown as Triple;
  };
}

/** CIELAB in polar form: magnitude, saturation angle, hue. */
type Polar = readonly [magnitude: number, saturation: number, hue: number];

function polarOf(rgb: Triple): Polar {
  const [l, a, b] = labOf(rgb);
  const magnitude = Math.hypot(l, a, b);
  return [magnitude, Math.acos(l / magnitude), Math.atan2(b, a)];
}

const cartesianOf = ([m, s, h]: Polar): Triple => [
  m * Math.cos(s),
  m * Math.sin(s) * Math.cos(h),
  m * Math.sin(s) * Math.sin(h),
];

/** The hue in which an unsaturated colour of magnitude `m` best meets `from`: Moreland 2009, eq. in section 4. */
function adjustedHue([magnitude, saturation, hue]: Polar, m: number): number {
  if (magnitude >= m - 0.1) return hue;
  const spin = (saturation * Math.sqrt(m * m - magnitude * magnitude)) / (magnitude * Math.sin(saturation));
  return hue > -Math.PI / 3 ? hue + spin : hue - spin;
}

const COLD: Triple = [59, 76, 192];
const WARM: Triple = [180, 4, 38];
/** Magnitude of the white in the middle, the least that keeps both ends darker. */
const MIDDLE = 88;

/**
 * Blue over white to red: K. Moreland, "Diverging Color Maps for Scientific Visualization", ISVC 2009, his method in
 * polar CIELAB between his two end colours.
 */
function diverging(at: number): Triple {
  const share = at / 255;
  const end = polarOf(share < 0.5 ? COLD : WARM);
  const middle: Polar = [Math.max(MIDDLE, end[0]), 0, adjustedHue(end, Math.max(MIDDLE, end[0]))];
  const towards = share < 0.5 ? 2 * share : 2 - 2 * share;
  return rgbOf(cartesianOf(end.map((v, i) => v + towards * (middle[i]! - v)) as unknown as Polar));
}

const COLOUR_OF: Readonly<Record<ColourMapName, (at: number) => Triple>> = {
  viridis: between(coloursIn(ANCHORS.viridis)),
  inferno: between(coloursIn(ANCHORS.inferno)),
  grey: (at) => [at, at, at],
  diverging,
};

const made = new Map<ColourMapName, Uint8Array>();

/** The 256 colours of a map, from its low end: 256 × 3 bytes, sRGB. The same array each time; not to be written to. */
export function colourTable(name: ColourMapName): Uint8Array {
  let table = made.get(name);
  if (!table) {
    table = new Uint8Array(768);
    for (let at = 0; at < 256; at++) table.set(COLOUR_OF[name](at).map(Math.round), 3 * at);
    made.set(name, table);
  }
  return table;
}

/** A CSS gradient of the map, low end at the side named first: `to top` has it at the bottom. */
export function gradientOf(name: ColourMapName, direction: 'to top' | 'to right'): string {
  const table = colourTable(name);
  const stops = Array.from({ length: 33 }, (_, i) => {
    const at = 3 * Math.min(255, i * 8);
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}
