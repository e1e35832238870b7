// A small writer of line plots with logarithmic axes as SVG, legible on light and dark ground.

const WIDTH = 860;
const LEFT = 62;
const RIGHT = 210; // for the names of the lines
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #222 }
  .title { font-size: 15px; font-weight: 600 }
  .axis { stroke: #888; stroke-width: 1; fill: none }
  .grid { stroke: #8883; stroke-width: 1 }
  .line { fill: none; stroke-width: 1.4; stroke-linejoin: round }
  .strong { stroke-width: 3 }
  .leader { stroke: #8888; stroke-width: 0.7; fill: none }
  @media (prefers-color-scheme: dark) { text { fill: #e6e6e6 } }`;

/**
 * `x`: `{values, labels, title}`; `panels`: `[{title, lines: [{label, values, strong}]}]`, one below the other. The name
 * of each line stands at its right end.
 */
export function logLogPlot({ title, x, panels }) {
  const out = [];
  let top = 56;
  panels.forEach((panel, n) => {
    const height = n === 0 ? 420 : 170;
    out.push(drawPanel(panel, x, top, height, n === panels.length - 1));
    top += height + 44;
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + 6}" role="img" aria-label="${escaped(title)}">`;
  const name = `<text class="title" x="${LEFT}" y="24">${escaped(title)}</text>`;
  return `${head}\n<style>${STYLE}\n</style>\n${name}\n${out.join('\n')}\n</svg>\n`;
}

function drawPanel({ title, lines }, x, top, height, last) {
  const all = lines.flatMap((l) => l.values);
  const low = Math.floor(Math.log10(Math.min(...all)));
  const high = Math.ceil(Math.log10(Math.max(...all)));
  const [first, end] = [x.values[0], x.values.at(-1)].map(Math.log);
  const px = (v) => LEFT + ((Math.log(v) - first) / (end - first)) * (WIDTH - LEFT - RIGHT);
  const py = (v) => top + height * (1 - (Math.log10(v) - low) / (high - low));
  const right = px(x.values.at(-1));
  const out = [`<text x="${LEFT - 50}" y="${top - 10}">${escaped(title)}</text>`];
  for (let e = low; e <= high; e++) {
    const y = py(10 ** e).toFixed(1);
    out.push(`<path class="grid" d="M${LEFT} ${y}H${right}"/>`);
    out.push(
      `<text x="${LEFT - 8}" y="${Number(y) + 4}" text-anchor="end">${e < 0 ? (10 ** e).toFixed(-e) : 10 ** e}</text>`,
    );
  }
  x.values.forEach((v, i) => {
    const at = px(v).toFixed(1);
    out.push(`<path class="grid" d="M${at} ${top}V${top + height}"/>`);
    out.push(`<text x="${at}" y="${top + height + 17}" text-anchor="middle">${escaped(x.labels[i])}</text>`);
  });
  if (last) out.push(`<text x="${right + 12}" y="${top + height + 17}">${escaped(x.title)}</text>`);
  out.push(`<path class="axis" d="M${LEFT} ${top}V${top + height}H${right}"/>`);
  const names = spread(
    lines.map((l) => py(l.values.at(-1))),
    15,
    top + height,
  );
  lines.forEach(({ label, values, strong }, n) => {
    // Hues with one lightness, readable on white and on black.
    const colour = `hsl(${Math.round((360 * n) / lines.length)} 65% 48%)`;
    const d = values
      .map((v, i) => `${i === 0 ? 'M' : 'L'}${px(x.values[i]).toFixed(1)} ${py(v).toFixed(1)}`)
      .join('');
    out.push(`<path class="line${strong ? ' strong' : ''}" stroke="${colour}" d="${d}"/>`);
    const y = names[n];
    out.push(
      `<path class="leader" d="M${right + 2} ${py(values.at(-1)).toFixed(1)}L${right + 20} ${y.toFixed(1)}"/>`,
    );
    out.push(`<circle cx="${right + 26}" cy="${y.toFixed(1)}" r="4" fill="${colour}"/>`);
    out.push(`<text x="${right + 35}" y="${(y + 4).toFixed(1)}">${escaped(label)}</text>`);
  });
  return out.join('\n');
}

/** Places at least `apart` apart, near the wanted ones and above `bottom`, in the same order. */
function spread(wanted, apart, bottom) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const places = [...wanted];
  order.forEach((i, k) => {
    if (k > 0) places[i] = Math.max(places[i], places[order[k - 1]] + apart);
  });
  for (let k = order.length - 1, limit = bottom; k >= 0; k--, limit -= apart) {
    limit = Math.min(limit, places[order[k]]);
    places[order[k]] = limit;
  }
  return places;
}

const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
