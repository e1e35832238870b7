import temml from 'temml';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../radiomics/registry.ts';

describe.each(FAMILIES.map((family) => [family.id, family] as const))('formulas of %s', (_, family) => {
  it.each(family.features.map((f) => [f.tag, f.formula] as const))(
    '%s can be set as MathML',
    (_tag, formula) => {
      expect(temml.renderToString(formula, { displayMode: true, throwOnError: true })).toMatch(
        /^<math[\s\S]*<m(i|frac|row)/,
      );
    },
  );
});
