/**
 * Seconds from DICOM dates and times: DT alone, or DA with TM, or TM of an unknown day. Days count from 1970, so that
 * differences are right across midnight when dates are there. Undefined when nothing is readable.
 */
export function secondsOf(
  da: string | undefined,
  tm: string | undefined,
  dt: string | undefined,
): number | undefined {
  if (dt !== undefined && /^\d{8}/.test(dt)) {
    const day = dayOf(dt.slice(0, 8));
    const time = timeOf(dt.slice(8).replace(/[+-]\d{4}$/, '') || '000000');
    if (day !== undefined && time !== undefined) return day * 86_400 + time;
  }
  const time = tm === undefined ? undefined : timeOf(tm);
  if (time === undefined) return undefined;
  const day = da === undefined ? undefined : dayOf(da);
  return (day ?? 0) * 86_400 + time;
}

function dayOf(da: string): number | undefined {
  const m = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})/.exec(da);
  if (!m) return undefined;
  const ms = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return Number.isFinite(ms) ? ms / 86_400_000 : undefined;
}

/** HHMMSS.FFFFFF, also cut short, and with colons as in ACR-NEMA. */
function timeOf(tm: string): number | undefined {
  const m = /^(\d{2}):?(\d{2})?:?(\d{2})?(\.\d+)?/.exec(tm.trim());
  if (!m) return undefined;
  return Number(m[1]) * 3600 + Number(m[2] ?? 0) * 60 + Number(m[3] ?? 0) + Number(m[4] ?? 0);
}

const SECONDS_OF_DAY = 86_400;

/**
 * Times that run on across midnight. Where all are of one day (or of no stated day) and a gap of more than half a day
 * parts them, those before the gap are of the next day: nobody scans for twelve hours, but many files keep one date.
 */
export function overMidnight(times: readonly (number | undefined)[]): (number | undefined)[] {
  const known = [...new Set(times)].filter((t) => t !== undefined).sort((a, b) => a - b);
  if (known.length < 2) return [...times];
  const days = new Set(known.map((t) => Math.floor(t / SECONDS_OF_DAY)));
  // Some dated, some not: the dates cannot be used.
  const mixed = days.has(0) && days.size > 1;
  if (mixed) return overMidnight(times.map((t) => (t === undefined ? undefined : t % SECONDS_OF_DAY)));
  if (days.size > 1) return [...times];
  const gap = known.findIndex((t, i) => i > 0 && t - known[i - 1] > SECONDS_OF_DAY / 2);
  if (gap < 0) return [...times];
  return times.map((t) => (t !== undefined && t < known[gap] ? t + SECONDS_OF_DAY : t));
}
