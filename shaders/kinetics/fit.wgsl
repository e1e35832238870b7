// Twin of assembly/kinetics: a kinetic model fitted to every voxel, one thread a voxel, in float32.
//
// The mathematics is that of src/kinetics: input straight between its points, convolution exact for that, delay and
// transit time continuous; starts from non-negative linear least squares over a grid, then Levenberg-Marquardt with
// bounds and Nielsen's damping. Frames are streamed: nothing is kept for each frame.

override MODEL: u32 = 1u; // 0 Tofts, 1 extended Tofts, 2 Patlak, 3 uptake, 4 exchange, 5 adiabatic tissue homogeneity
override PARAMETERS: u32 = 3u; // of the model, the delay not counted
override FITS_DELAY: bool = false;

struct Task {
  // First voxel of this dispatch and the one after its last.
  first: u32,
  last: u32,
  frames: u32,
  nodes: u32,
  entries: u32,
  starts: u32,
  // Minutes; used when the delay is not fitted.
  delay: f32,
  pad: u32,
}

// A linear problem of the grid of starts: its curves in the bank, their Gram matrix, and what it stands for.
struct Entry {
  first: u32,
  // 0xffffffff when there is one curve only.
  second: u32,
  group: u32,
  delay_index: u32,
  gram: vec3<f32>,
  delay: f32,
  // Rates or transit time of the problem.
  rates: vec2<f32>,
  pad: vec2<f32>,
}

@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var<storage, read> curves: array<f32>; // voxel · frames + frame
@group(0) @binding(2) var<storage, read> nodes: array<vec4<f32>>; // minutes, concentration, slope, integral
@group(0) @binding(3) var<storage, read> minutes: array<f32>;
@group(0) @binding(4) var<storage, read> entries: array<Entry>;
@group(0) @binding(5) var<storage, read> bank: array<f32>; // curve · frames + frame
@group(0) @binding(6) var<storage, read> bounds: array<vec4<f32>>; // lower, upper, size of a step
@group(0) @binding(7) var<storage, read_write> found: array<f32>; // 22 a voxel: parameters, cost, state, JᵀJ

const MOST = 5u; // parameters with the delay
const ROW = 22u;
const NONE = 0xffffffffu;

// ---- integrals of an exponential against a step and a ramp, and their slopes ----

fn integrals(x: f32) -> vec4<f32> {
  if (x >= 1.0) {
    let e = exp(-x);
    return vec4(
      (1.0 - e) / x,
      (x - 1.0 + e) / (x * x),
      ((1.0 + x) * e - 1.0) / (x * x),
      (2.0 - x - (x + 2.0) * e) / (x * x * x),
    );
  }
  // Σ (−x)ⁿ/(n+1)!, Σ (−x)ⁿ/(n+2)!, and their derivatives.
  var sum = vec4(1.0, 0.5, 0.0, 0.0);
  var power = 1.0;
  var factorial = 1.0; // (n+1)!
  for (var n = 1.0; n < 12.0; n += 1.0) {
    factorial *= n + 1.0;
    let next = factorial * (n + 2.0);
    let slope = power * n * select(1.0, -1.0, (i32(n) & 1) == 1);
    sum.z += slope / factorial;
    sum.w += slope / next;
    power *= x;
    let term = power * select(1.0, -1.0, (i32(n) & 1) == 1);
    sum.x += term / factorial;
    sum.y += term / next;
  }
  return sum;
}

// ---- the input, streamed along the frames at one shift ----

struct Stream {
  node: i32,
  h: f32,
  g: f32,
}

fn carried(s: Stream, rate: f32, span: f32) -> vec2<f32> {
  let at = nodes[s.node];
  let i = integrals(rate * span);
  let decay = exp(-rate * span);
  return vec2(
    s.h * decay + span * (at.y * i.x + at.z * span * i.y),
    (s.g - span * s.h) * decay + span * span * (at.y * i.z + at.z * span * i.w),
  );
}

// Moves a stream to the last node at or before a time.
fn advance(s: ptr<function, Stream>, rate: f32, time: f32) {
  while (u32((*s).node + 1) < task.nodes && nodes[(*s).node + 1].x <= time) {
    if ((*s).node >= 0) {
      let next = carried(*s, rate, nodes[(*s).node + 1].x - nodes[(*s).node].x);
      (*s).h = next.x;
      (*s).g = next.y;
    }
    (*s).node += 1;
  }
}

// Convolution and its slope by the rate; 0 before the input.
fn convolved(s: Stream, rate: f32, time: f32) -> vec2<f32> {
  if (s.node < 0) {
    return vec2(0.0);
  }
  return carried(s, rate, time - nodes[s.node].x);
}

// Concentration, slope and integral of the input at a time.
fn input_at(node: i32, time: f32) -> vec3<f32> {
  if (node < 0) {
    return vec3(0.0);
  }
  let at = nodes[node];
  let rest = time - at.x;
  return vec3(at.y + at.z * rest, at.z, at.w + rest * (at.y + 0.5 * rest * at.z));
}

// ---- models: value in x₀, derivatives behind it, the delay last ----

struct Point {
  value: f32,
  slopes: array<f32, 5>,
}

// Rates and shares of the exchange model with their derivatives by vp, ve, fp, ps.
struct Exchange {
  fast: f32,
  slow: f32,
  share: f32,
  d_fast: vec4<f32>,
  d_slow: vec4<f32>,
  d_share: vec4<f32>,
}

fn exchange_of(p: array<f32, 5>) -> Exchange {
  let vp = p[0];
  let ve = p[1];
  let fp = p[2];
  let ps = p[3];
  let s = (fp + ps) / vp + ps / ve;
  let q = (fp * ps) / (vp * ve);
  let root = max(length(vec2((fp + ps) / vp - ps / ve, 2.0 * ps / sqrt(vp * ve))), 1e-12);
  var e: Exchange;
  e.fast = 0.5 * (s + root);
  e.slow = select(0.0, q / e.fast, e.fast > 0.0);
  let wash = fp / vp;
  e.share = (wash - e.slow) / root;
  let ds = vec4(-(fp + ps) / (vp * vp), -ps / (ve * ve), 1.0 / vp, 1.0 / vp + 1.0 / ve);
  let dq = vec4(-q / vp, -q / ve, ps / (vp * ve), fp / (vp * ve));
  let d_wash = vec4(-wash / vp, 0.0, 1.0 / vp, 0.0);
  let d_root = (s * ds - 2.0 * dq) / root;
  e.d_fast = 0.5 * (ds + d_root);
  e.d_slow = 0.5 * (ds - d_root);
  e.d_share = (d_wash - e.d_slow - e.share * d_root) / root;
  return e;
}

struct Sums {
  cost: f32,
  gradient: array<f32, 5>,
  normal: array<f32, 25>,
}

// Squares left over at some parameters; with `slopes`, JᵀJ and Jᵀr too.
fn sums_of(voxel: u32, p: array<f32, 5>, slopes: bool) -> Sums {
  var out: Sums;
  var first = Stream(-1, 0.0, 0.0);
  var second = Stream(-1, 0.0, 0.0);
  let count = PARAMETERS + select(0u, 1u, FITS_DELAY);
  var delay = task.delay;
  if (FITS_DELAY) {
    delay = p[PARAMETERS];
  }
  var rate = 0.0;
  var exchange: Exchange;
  if (MODEL <= 1u) {
    rate = p[0] / p[1];
  }
  if (MODEL == 3u) {
    rate = (p[1] + p[2]) / p[0];
  }
  if (MODEL == 4u) {
    exchange = exchange_of(p);
  }
  if (MODEL == 5u) {
    rate = p[1] * p[0] / p[2];
  }
  for (var f = 0u; f < task.frames; f++) {
    let time = minutes[f] - delay;
    var value = 0.0;
    var d: array<f32, 5>;
    if (MODEL <= 1u) {
      advance(&first, rate, time);
      let hg = convolved(first, rate, time);
      let cp = input_at(first.node, time);
      value = p[0] * hg.x;
      d[0] = hg.x + rate * hg.y;
      d[1] = -rate * rate * hg.y;
      let by_delay = -p[0] * (cp.x - rate * hg.x);
      if (MODEL == 1u) {
        value += p[2] * cp.x;
        d[2] = cp.x;
        d[3] = by_delay - p[2] * cp.y;
      } else {
        d[2] = by_delay;
      }
    } else if (MODEL == 2u) {
      advance(&first, 0.0, time);
      let cp = input_at(first.node, time);
      value = p[0] * cp.x + p[1] * cp.z;
      d[0] = cp.x;
      d[1] = cp.z;
      d[2] = -p[0] * cp.y - p[1] * cp.x;
    } else if (MODEL == 3u) {
      advance(&first, rate, time);
      let hg = convolved(first, rate, time);
      let cp = input_at(first.node, time);
      let flow = p[1] + p[2];
      let kept = select(1.0, p[1] / flow, flow > 0.0);
      let taken = 1.0 - kept;
      let a = p[1] * kept;
      let b = p[1] * taken;
      value = a * hg.x + b * cp.z;
      d[0] = -a * hg.y * rate / p[0];
      d[1] = kept * (1.0 + taken) * hg.x + a * hg.y / p[0] + taken * taken * cp.z;
      d[2] = -kept * kept * hg.x + a * hg.y / p[0] + kept * kept * cp.z;
      d[3] = -a * (cp.x - rate * hg.x) - b * cp.x;
    } else if (MODEL == 4u) {
      advance(&first, exchange.fast, time);
      advance(&second, exchange.slow, time);
      let quick = convolved(first, exchange.fast, time);
      let late = convolved(second, exchange.slow, time);
      let cp = input_at(first.node, time);
      let share = exchange.share;
      let fp = p[2];
      let mixed = share * quick.x + (1.0 - share) * late.x;
      value = fp * mixed;
      let by = fp *
        (exchange.d_share * (quick.x - late.x) + share * exchange.d_fast * quick.y +
          (1.0 - share) * exchange.d_slow * late.y);
      d[0] = by.x;
      d[1] = by.y;
      d[2] = by.z + mixed;
      d[3] = by.w;
      d[4] = -fp * (cp.x - share * exchange.fast * quick.x - (1.0 - share) * exchange.slow * late.x);
    } else {
      let gone = time - p[3];
      advance(&second, 0.0, time);
      advance(&first, rate, gone);
      let whole = input_at(second.node, time);
      let left = input_at(first.node, gone);
      let hg = convolved(first, rate, gone);
      let uptake = p[0] * p[1];
      value = p[0] * (whole.z - left.z) + uptake * hg.x;
      let by_uptake = hg.x + rate * hg.y;
      let leaving = uptake * (left.x - rate * hg.x);
      d[0] = whole.z - left.z + p[1] * by_uptake;
      d[1] = p[0] * by_uptake;
      d[2] = -rate * rate * hg.y;
      d[3] = p[0] * left.x - leaving;
      d[4] = -p[0] * (whole.x - left.x) - leaving;
    }
    let rest = curves[voxel * task.frames + f] - value;
    out.cost += rest * rest;
    if (slopes) {
      for (var a = 0u; a < count; a++) {
        out.gradient[a] += d[a] * rest;
        for (var b = a; b < count; b++) {
          out.normal[a * MOST + b] += d[a] * d[b];
        }
      }
    }
  }
  if (slopes) {
    for (var a = 0u; a < count; a++) {
      for (var b = 0u; b < a; b++) {
        out.normal[a * MOST + b] = out.normal[b * MOST + a];
      }
    }
  }
  return out;
}

// ---- starts ----

struct Start {
  parameters: array<f32, 5>,
  explained: f32,
  valid: bool,
}

fn start_of(voxel: u32, entry: Entry) -> Start {
  var s: Start;
  var ay = 0.0;
  var by = 0.0;
  for (var f = 0u; f < task.frames; f++) {
    let y = curves[voxel * task.frames + f];
    ay += y * bank[entry.first * task.frames + f];
    if (entry.second != NONE) {
      by += y * bank[entry.second * task.frames + f];
    }
  }
  let aa = entry.gram.x;
  let ab = entry.gram.y;
  let bb = entry.gram.z;
  var a = select(0.0, max(0.0, ay / aa), aa > 0.0);
  var b = 0.0;
  s.explained = a * ay;
  if (entry.second != NONE) {
    let determinant = aa * bb - ab * ab;
    let both = vec2(ay * bb - by * ab, by * aa - ay * ab) / determinant;
    if (determinant > 1e-6 * aa * bb && both.x >= 0.0 && both.y >= 0.0) {
      a = both.x;
      b = both.y;
      s.explained = a * ay + b * by;
    } else {
      let alone = select(0.0, max(0.0, by / bb), bb > 0.0);
      if (alone * by > s.explained) {
        a = 0.0;
        b = alone;
        s.explained = b * by;
      }
    }
  }
  let rates = entry.rates;
  s.valid = true;
  if (MODEL <= 1u) {
    s.valid = a > 0.0;
    s.parameters[0] = a;
    s.parameters[1] = a / rates.x;
    if (MODEL == 1u) {
      s.parameters[2] = b;
    }
  } else if (MODEL == 2u) {
    s.parameters[0] = a;
    s.parameters[1] = b;
  } else if (MODEL == 3u) {
    let fp = a + b;
    let ps = max(b, 0.0) * fp / a;
    s.valid = a > 0.0;
    s.parameters[0] = (fp + ps) / rates.x;
    s.parameters[1] = fp;
    s.parameters[2] = ps;
  } else if (MODEL == 4u) {
    let fp = a + b;
    let wash = (a * rates.x + b * rates.y) / fp;
    let ps_by_ve = rates.x * rates.y / wash;
    let vp = fp / wash;
    let ps = (rates.x + rates.y - wash - ps_by_ve) * vp;
    s.valid = a > 0.0 && b > 0.0 && ps > 0.0;
    s.parameters[0] = vp;
    s.parameters[1] = ps / ps_by_ve;
    s.parameters[2] = fp;
    s.parameters[3] = ps;
  } else {
    s.valid = a > 0.0 && b > 0.0;
    s.parameters[0] = a;
    s.parameters[1] = min(b / a, 1.0);
    s.parameters[2] = min(b, a) / rates.y;
    s.parameters[3] = rates.x;
  }
  if (FITS_DELAY) {
    s.parameters[PARAMETERS] = entry.delay;
  }
  return s;
}

// ---- Levenberg and Marquardt, with bounds ----

// (JᵀJ + damping·diag) step = pull over the open parameters, by Cholesky scaled to a unit diagonal.
fn solved(normal: array<f32, 25>, pull: array<f32, 5>, open: array<bool, 5>, count: u32, damping: f32) -> array<f32, 5> {
  var scale: array<f32, 5>;
  var l: array<f32, 25>;
  var x: array<f32, 5>;
  for (var a = 0u; a < count; a++) {
    let diagonal = normal[a * MOST + a];
    scale[a] = select(1.0, inverseSqrt(diagonal), diagonal > 0.0);
  }
  for (var a = 0u; a < count; a++) {
    if (!open[a]) {
      l[a * MOST + a] = 1.0;
      continue;
    }
    for (var b = 0u; b <= a; b++) {
      if (!open[b]) {
        continue;
      }
      var sum = normal[a * MOST + b] * scale[a] * scale[b];
      if (a == b) {
        sum += damping;
      }
      for (var k = 0u; k < b; k++) {
        sum -= l[a * MOST + k] * l[b * MOST + k];
      }
      if (a == b) {
        l[a * MOST + a] = sqrt(max(sum, 1e-12));
      } else {
        l[a * MOST + b] = sum / l[b * MOST + b];
      }
    }
    x[a] = pull[a] * scale[a];
  }
  for (var a = 0u; a < count; a++) {
    for (var k = 0u; k < a; k++) {
      x[a] -= l[a * MOST + k] * x[k];
    }
    x[a] /= l[a * MOST + a];
  }
  for (var i = 0u; i < count; i++) {
    let a = count - 1u - i;
    for (var k = a + 1u; k < count; k++) {
      x[a] -= l[k * MOST + a] * x[k];
    }
    x[a] /= l[a * MOST + a];
  }
  for (var a = 0u; a < count; a++) {
    x[a] *= scale[a];
  }
  return x;
}

struct Minimum {
  parameters: array<f32, 5>,
  sums: Sums,
  converged: bool,
}

const ROUNDS = 100u;

fn minimised(voxel: u32, start: array<f32, 5>) -> Minimum {
  let count = PARAMETERS + select(0u, 1u, FITS_DELAY);
  var best: Minimum;
  for (var i = 0u; i < count; i++) {
    best.parameters[i] = clamp(start[i], bounds[i].x, bounds[i].y);
  }
  best.sums = sums_of(voxel, best.parameters, true);
  var damping = 1e-3;
  var raise = 2.0;
  // Steps in a row that took nothing away that float32 can tell: the valley is flat there.
  var stalled = 0u;
  for (var round = 0u; round < ROUNDS; round++) {
    var open: array<bool, 5>;
    var free = 0u;
    for (var i = 0u; i < count; i++) {
      let at = best.parameters[i];
      let pull = best.sums.gradient[i];
      open[i] = !((at <= bounds[i].x && pull <= 0.0) || (at >= bounds[i].y && pull >= 0.0));
      free += select(0u, 1u, open[i]);
    }
    if (free == 0u) {
      best.converged = true;
      break;
    }
    var trial = best.parameters;
    var pull = best.sums.gradient;
    for (var turn = 0u; turn < MOST; turn++) {
      let step = solved(best.sums.normal, pull, open, count, damping);
      var out: array<bool, 5>;
      var any = false;
      for (var i = 0u; i < count; i++) {
        if (open[i]) {
          let to = best.parameters[i] + step[i];
          out[i] = to < bounds[i].x || to > bounds[i].y;
          any = any || out[i];
          trial[i] = clamp(to, bounds[i].x, bounds[i].y);
        }
      }
      if (!any) {
        break;
      }
      var left = 0u;
      for (var i = 0u; i < count; i++) {
        if (out[i]) {
          for (var j = 0u; j < count; j++) {
            pull[j] -= best.sums.normal[j * MOST + i] * (trial[i] - best.parameters[i]);
          }
          open[i] = false;
        }
        left += select(0u, 1u, open[i]);
      }
      if (left == 0u) {
        break;
      }
    }
    var largest = 0.0;
    var expected = 0.0;
    for (var i = 0u; i < count; i++) {
      let step = trial[i] - best.parameters[i];
      largest = max(largest, abs(step) / (abs(best.parameters[i]) + bounds[i].z));
      expected += 2.0 * best.sums.gradient[i] * step;
      for (var j = 0u; j < count; j++) {
        expected -= step * best.sums.normal[i * MOST + j] * (trial[j] - best.parameters[j]);
      }
    }
    let tried = sums_of(voxel, trial, true);
    if (tried.cost <= best.sums.cost) {
      let gain = (best.sums.cost - tried.cost) / max(expected, 1e-30);
      best.converged = largest < 3e-6 || (best.sums.cost - tried.cost <= 1e-7 * best.sums.cost && largest < 1e-3);
      stalled = select(0u, stalled + 1u, best.sums.cost - tried.cost <= 2e-7 * best.sums.cost);
      best.converged = best.converged || stalled >= 3u;
      best.parameters = trial;
      best.sums = tried;
      let miss = 2.0 * gain - 1.0;
      damping = max(damping * max(0.1, 1.0 - miss * miss * miss), 1e-7);
      raise = 2.0;
    } else {
      // In float32 a step may fail by rounding alone.
      best.converged = largest < 3e-5 || damping > 1e8;
      damping *= raise;
      raise *= 2.0;
    }
    if (best.converged) {
      break;
    }
  }
  return best;
}

@compute @workgroup_size(64)
fn fit(@builtin(global_invocation_id) id: vec3<u32>) {
  let voxel = task.first + id.x;
  if (voxel >= task.last) {
    return;
  }
  var best: Minimum;
  var any = false;
  // Groups and delays of the starts that were taken.
  var taken: array<vec2<u32>, 8>;
  for (var n = 0u; n < min(task.starts, 8u); n++) {
    var chosen: Start;
    var place = vec2(NONE);
    chosen.explained = -1.0;
    for (var e = 0u; e < task.entries; e++) {
      let entry = entries[e];
      var near = false;
      for (var t = 0u; t < n; t++) {
        let apart = abs(vec2<i32>(vec2(entry.group, entry.delay_index)) - vec2<i32>(taken[t]));
        near = near || (apart.x <= 1 && apart.y <= 1);
      }
      if (near) {
        continue;
      }
      let start = start_of(voxel, entry);
      if (start.valid && start.explained > chosen.explained) {
        chosen = start;
        place = vec2(entry.group, entry.delay_index);
      }
    }
    if (place.x == NONE) {
      break;
    }
    taken[n] = place;
    let minimum = minimised(voxel, chosen.parameters);
    if (!any || minimum.sums.cost < best.sums.cost) {
      best = minimum;
      any = true;
    }
  }
  let row = voxel * ROW;
  for (var i = 0u; i < MOST; i++) {
    found[row + i] = best.parameters[i];
  }
  found[row + 5u] = best.sums.cost;
  // 0: no start; 1: not converged; 2: converged.
  found[row + 6u] = select(0.0, select(1.0, 2.0, best.converged), any);
  var at = row + 7u;
  for (var a = 0u; a < MOST; a++) {
    for (var b = a; b < MOST; b++) {
      found[at] = best.sums.normal[a * MOST + b];
      at++;
    }
  }
}
