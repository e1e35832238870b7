/** Relaxivity r1 of one agent in one medium at one field. */
export interface RelaxivityPreset {
  /** International non-proprietary name; with {@link field} and {@link medium} the key of the preset. */
  readonly agent: string;
  /** Chemical name as the literature and older protocols write it. */
  readonly chemical: string;
  /** T */
  readonly field: number;
  readonly medium: 'plasma' | 'blood';
  /** 1/(s·mM), at 37 °C */
  readonly r1: number;
  readonly source: string;
}

const SZOMOLANYI = 'Szomolanyi et al., Invest Radiol 2019;54:559, human plasma or blood, 37 °C';
const ROHRER = 'Rohrer et al., Invest Radiol 2005;40:715, bovine plasma, 37 °C';

const agent = (
  name: string,
  chemical: string,
  source: string,
  plasma: readonly (readonly [field: number, r1: number])[],
  blood: readonly (readonly [field: number, r1: number])[] = [],
): RelaxivityPreset[] => [
  ...plasma.map(([field, r1]) => ({ agent: name, chemical, field, medium: 'plasma' as const, r1, source })),
  ...blood.map(([field, r1]) => ({ agent: name, chemical, field, medium: 'blood' as const, r1, source })),
];

/** Relaxivities by agent, field strength and medium, each with its source. */
export const RELAXIVITIES: readonly RelaxivityPreset[] = [
  ...agent(
    'gadobutrol',
    'Gd-BT-DO3A',
    SZOMOLANYI,
    [
      [1.5, 4.78],
      [3, 4.97],
      [7, 3.83],
    ],
    [[3, 3.47]],
  ),
  ...agent(
    'gadoteridol',
    'Gd-HP-DO3A',
    SZOMOLANYI,
    [
      [1.5, 3.8],
      [3, 3.28],
      [7, 3.21],
    ],
    [[3, 2.61]],
  ),
  ...agent(
    'gadoterate',
    'Gd-DOTA',
    SZOMOLANYI,
    [
      [1.5, 3.32],
      [3, 3.0],
      [7, 2.84],
    ],
    [[3, 2.72]],
  ),
  ...agent('gadopentetate', 'Gd-DTPA', ROHRER, [
    [1.5, 4.1],
    [3, 3.7],
  ]),
  ...agent('gadodiamide', 'Gd-DTPA-BMA', ROHRER, [
    [1.5, 4.3],
    [3, 4.0],
  ]),
  ...agent('gadobenate', 'Gd-BOPTA', ROHRER, [
    [1.5, 6.3],
    [3, 5.5],
  ]),
  ...agent('gadoxetate', 'Gd-EOB-DTPA', ROHRER, [
    [1.5, 6.9],
    [3, 6.2],
  ]),
];
