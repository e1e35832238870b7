import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../tokens.css';
import '../base.css';
import CurveChart from './CurveChart.svelte';
import type { Curve } from './curves.ts';
import Histogram from './Histogram.svelte';

/* Made-up measurements: an uptake with wash-out on uneven times, a model through it, and one gap. */
const times = Float64Array.from({ length: 40 }, (_, i) => i * 6 + (i % 3) - 1 + (i > 30 ? (i - 30) * 8 : 0));
const uptake = (t: number, fast: number) =>
  t < 30 ? 0 : 0.62 * (Math.exp(-(t - 30) / 260) - Math.exp(-(t - 30) / fast));
const noise = (i: number) => 0.018 * Math.sin(i * 12.9898) + 0.012 * Math.sin(i * 4.1);
const fine = Float64Array.from({ length: 300 }, (_, i) => i);
const measured = Array.from(times, (t, i) => (i === 17 ? NaN : uptake(t, 35) + noise(i)));
const curves: Curve[] = [
  { id: 'tissue', label: 'Tissue', colour: '--curve-1', kind: 'dots', x: times, y: measured },
  {
    id: 'model',
    label: 'Extended Tofts',
    colour: '--curve-2',
    kind: 'line',
    x: fine,
    y: Array.from(fine, (t) => uptake(t, 35)),
  },
  {
    id: 'other',
    label: 'Patlak',
    colour: '--curve-3',
    kind: 'dashed',
    x: fine,
    y: Array.from(fine, (t) => (t < 30 ? NaN : uptake(t, 52) + 0.02)),
  },
];
const residuals: Curve[] = [
  {
    id: 'residual',
    label: 'Residual',
    colour: '--curve-2',
    kind: 'dots',
    x: times,
    y: Array.from(times, (_, i) => (i === 17 ? NaN : noise(i))),
  },
];
const band = {
  x: fine,
  low: Array.from(fine, (t) => uptake(t, 35) - 0.04),
  high: Array.from(fine, (t) => uptake(t, 35) + 0.04),
  label: '95 %',
  colour: '--curve-2' as const,
};

let mounted: ReturnType<typeof mount>[] = [];
afterEach(() => {
  mounted.forEach((component) => void unmount(component));
  mounted = [];
  document.body.replaceChildren();
  delete document.documentElement.dataset['theme'];
});

function box(width: number): HTMLElement {
  const target = document.createElement('div');
  target.style.cssText = `width: ${width}px; padding: 12px; background: var(--surface); box-sizing: border-box`;
  document.body.append(target);
  return target;
}

function chart(target: HTMLElement, more: Partial<Parameters<typeof CurveChart>[1]> = {}) {
  mounted.push(
    mount(CurveChart, {
      target,
      props: {
        title: 'Concentration in the lesion',
        curves,
        residuals,
        xLabel: 'Time',
        yLabel: 'Concentration',
        xUnit: 's',
        yUnit: 'mM',
        bands: [{ from: 0, to: 29, label: 'Baseline' }, band],
        marks: [
          { at: 30, label: 'Arrival', colour: '--accent' },
          { at: 120, label: 'Phase 21' },
        ],
        ...more,
      },
    }),
  );
  flushSync();
}

/** A skewed spread, some voxels without a value. */
const spread = Float32Array.from({ length: 6000 }, (_, i) =>
  i % 50 === 0 ? NaN : 0.05 + 0.3 * ((i % 97) / 97) ** 2 + 0.1 * ((i % 41) / 41),
);

function histogram(target: HTMLElement, more: Partial<Parameters<typeof Histogram>[1]> = {}) {
  const props = { title: 'Ktrans in the lesion', values: spread, label: 'Ktrans', unit: 'min⁻¹', ...more };
  mounted.push(mount(Histogram, { target, props }));
  flushSync();
}

/** Two charts of the width of a panel, one of 320 px and an empty one, side by side. */
function sheet() {
  const row = document.createElement('div');
  row.style.cssText = 'display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start';
  document.body.append(row);
  const [wide, narrow, log] = [box(560), box(320), box(420)];
  row.append(wide, narrow, log);
  chart(wide);
  chart(narrow);
  chart(log, { log: true, residuals: [], bands: [] });
  const [spreadWide, spreadNarrow] = [box(560), box(320)];
  row.append(spreadWide, spreadNarrow);
  histogram(spreadWide, { colours: 'viridis', range: [0, 0.35] });
  histogram(spreadNarrow);
  wide.querySelector<HTMLElement>('[role=slider]')!.focus();
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 150));

describe('the chart of curves', () => {
  it('shows every curve, tells its summary, and fits a narrow panel', async () => {
    const target = box(320);
    chart(target);
    await settled();
    expect(target.querySelectorAll('path.curve').length).toBe(4);
    const said = target.querySelector('svg[role=img]')!.getAttribute('aria-label')!;
    expect(said).toMatch(/^Concentration in the lesion\. Time from −1 s to 305 s\. Tissue: highest 0\.4/);
    expect(target.scrollWidth).toBeLessThanOrEqual(320);
    const right = target.getBoundingClientRect().right;
    for (const text of target.querySelectorAll('svg text')) {
      const bounds = text.getBoundingClientRect();
      expect([text.textContent, bounds.left >= 0 && bounds.right <= right]).toEqual([text.textContent, true]);
    }
  });

  it('reads all curves at a time by keyboard and gives the time it was asked for', async () => {
    const target = box(560);
    const onpick = vi.fn();
    chart(target, { onpick });
    await settled();
    const slider = target.querySelector<HTMLElement>('[role=slider]')!;
    slider.focus();
    await userEvent.keyboard('{End}');
    expect(slider.getAttribute('aria-valuenow')).toBe(String(times.at(-1)));
    await userEvent.keyboard('{Home}{PageUp}{PageUp}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    // The 18th sample of the tissue is missing; the models have values there.
    expect(slider.getAttribute('aria-valuetext')).toMatch(
      /^103 s; Tissue: no value; Extended Tofts: 0\.\d+ mM; Patlak: 0\.\d+ mM; Residual: no value$/,
    );
    await userEvent.keyboard('{Enter}');
    expect(onpick).toHaveBeenCalledWith(103);
    await userEvent.keyboard('{Escape}');
    expect(target.querySelector('.readings')).toBeNull();
  });

  it('hides a curve by its name and lists the values on demand', async () => {
    const target = box(560);
    chart(target);
    await settled();
    const patlak = page.getByRole('button', { name: 'Patlak' });
    expect(target.querySelectorAll('path.dashed').length).toBe(1);
    await userEvent.click(patlak);
    expect(patlak.element().getAttribute('aria-pressed')).toBe('false');
    expect(target.querySelectorAll('path.dashed').length).toBe(0);
    await userEvent.click(page.getByRole('button', { name: 'Table of values' }));
    const rows = [...target.querySelectorAll('tbody tr')];
    expect(rows.length).toBe(40);
    expect([...rows[17]!.children].map((cell) => cell.textContent)).toEqual([
      '103',
      '–',
      expect.any(String),
      '–',
    ]);
  });

  it('says that there is nothing instead of drawing empty axes', async () => {
    const target = box(560);
    chart(target, { curves: [], residuals: [], bands: [] });
    await settled();
    expect(target.textContent).toContain('No values to draw.');
    expect(target.querySelector('svg[role=img]')).toBeNull();
  });
});

describe('the histogram', () => {
  it('tells its summary and reads its bars by keyboard', async () => {
    const target = box(320);
    histogram(target, { values: Float32Array.of(0, 1, 1, 2, 10, NaN), bins: 2, range: [0, 4] });
    await settled();
    const said = target.querySelector('svg[role=img]')!.getAttribute('aria-label')!;
    // By hand: mean 14/5, median 1, percentiles 5 and 95 at places 0.2 and 3.8 of 0 to 4.
    expect(said).toMatch(
      /Voxels: 5; Mean: 2\.800 min⁻¹; Median: 1 min⁻¹; P5: 0\.2000 min⁻¹; P95: 8\.400 min⁻¹\.$/,
    );
    expect(target.textContent).toContain('below the range: 0, above it: 1, without a value: 1');
    const slider = target.querySelector<HTMLElement>('[role=slider]')!;
    slider.focus();
    await userEvent.keyboard('{End}');
    expect(slider.getAttribute('aria-valuetext')).toBe('2 to 4 min⁻¹: 1');
    await userEvent.keyboard('{ArrowLeft}');
    expect(slider.getAttribute('aria-valuetext')).toBe('0 to 2 min⁻¹: 3');
  });

  it('says that there is nothing', async () => {
    const target = box(320);
    histogram(target, { values: Float32Array.of(NaN) });
    await settled();
    expect(target.textContent).toContain('No values to draw.');
  });
});

describe('pictures to look at', () => {
  it.each([
    ['1440x900', 1440, 900, 'dark'],
    ['1440x900-light', 1440, 900, 'light'],
    ['1024x768', 1024, 768, 'dark'],
  ] as const)('%s', async (name, width, height, theme) => {
    await page.viewport(width, height);
    document.documentElement.dataset['theme'] = theme;
    document.body.style.overflow = 'auto';
    sheet();
    await settled();
    await userEvent.keyboard('{Home}{PageUp}');
    await settled();
    await page.screenshot({ path: `../../../test-results/pictures/charts-${name}.png` });
    // A part alone has no landmarks; the page around it has.
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`))).toEqual([]);
    expect(document.querySelectorAll('svg[role=img]').length).toBe(5);
  });
});
