// One slice as a picture: image, map, regions. Twin of src/ui/viewer/draw.ts, which draws the same on Canvas 2D and is
// the oracle. Like there, intensities are windowed first and greys are mixed, a map is never mixed between image pixels,
// and a region is a fill under a border. Values come as the bits of floats, so that NaN is told by its bits: a compiler
// of shaders may take `x != x` for false. What differs: the border of a sheared plane is measured along its axes, and
// a shrunk picture is the mean of up to 4 × 4 samples a pixel.

struct Task {
  // Plane column of a device pixel: columns.xyz · (x, y, 1); w: columns of the plane. The same for rows.
  columns: vec4f,
  rows: vec4f,
  // Voxel of plane pixel (0, 0); w: 1 for inverse grey.
  origin: vec4f,
  // Voxel step of one column; w: 1 for bilinear, 0 for voxels as squares.
  across: vec4f,
  // Voxel step of one row; w: samples along one side of a device pixel.
  down: vec4f,
  // Low end of the window, greys a unit.
  grey: vec4f,
  // Low end, colours a unit, opacity; w: 0 none, 1 on the grid of the image, 2 on a grid of its own.
  map: vec4f,
  // Map voxel at plane (0, 0), and its steps for a column and a row.
  map_origin: vec4f,
  map_across: vec4f,
  map_down: vec4f,
  // Number of regions, half of the border's width in device pixels, device pixels of a column and of a row.
  regions: vec4f,
  // Plane pixels to search for a border, 1 where regions are filled.
  border: vec4f,
}

@group(0) @binding(0) var<uniform> task: Task;
@group(0) @binding(1) var image: texture_3d<u32>;
@group(0) @binding(2) var map: texture_3d<u32>;
@group(0) @binding(3) var colours: texture_2d<f32>;
// A bit for each region, 32 a layer, in plane pixels.
@group(0) @binding(4) var members: texture_2d_array<u32>;
// Red, green, blue, opacity of the fill.
@group(0) @binding(5) var<storage, read> shades: array<vec4f>;

// Minus infinity: a value was sought here and none found.
const FAILED = 0xff800000u;
const FAILED_GREY = vec3f(125.0 / 255.0);

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  // One triangle that covers the pane.
  return vec4f(select(-1.0, 3.0, index == 1u), select(-1.0, 3.0, index == 2u), 0.0, 1.0);
}

fn is_nan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

fn grey_at(column: f32, row: f32) -> f32 {
  let c = clamp(column, 0.0, task.columns.w - 1.0);
  let r = clamp(row, 0.0, task.rows.w - 1.0);
  let voxel = vec3i(task.origin.xyz + c * task.across.xyz + r * task.down.xyz);
  let bits = textureLoad(image, voxel, 0).x;
  if (is_nan(bits)) {
    return 0.0;
  }
  let level = floor(clamp((bitcast<f32>(bits) - task.grey.x) * task.grey.y + 0.5, 0.0, 255.0));
  return select(level, 255.0 - level, task.origin.w == 1.0) / 255.0;
}

fn picture(at: vec2f) -> f32 {
  if (task.across.w == 0.0) {
    return grey_at(floor(at.x), floor(at.y));
  }
  let low = floor(at - 0.5);
  let part = at - 0.5 - low;
  let top = mix(grey_at(low.x, low.y), grey_at(low.x + 1.0, low.y), part.x);
  let bottom = mix(grey_at(low.x, low.y + 1.0), grey_at(low.x + 1.0, low.y + 1.0), part.x);
  return mix(top, bottom, part.y);
}

fn plane_at(device: vec2f) -> vec2f {
  return vec2f(dot(task.columns.xyz, vec3f(device, 1.0)), dot(task.rows.xyz, vec3f(device, 1.0)));
}

fn inside(at: vec2f) -> bool {
  return all(at >= vec2f(0.0)) && at.x < task.columns.w && at.y < task.rows.w;
}

// The map at a place between its voxels; NaN outside, and where a voxel with a share of it has no value.
fn between_voxels(at: vec3f) -> u32 {
  let size = vec3f(textureDimensions(map));
  if (any(at < vec3f(-0.5)) || any(at > size - 0.5)) {
    return 0x7fc00000u;
  }
  let held = clamp(at, vec3f(0.0), size - 1.0);
  let low = min(floor(held), max(size - 2.0, vec3f(0.0)));
  let part = held - low;
  var sum = 0.0;
  for (var corner = 0u; corner < 8u; corner++) {
    let step = vec3f(f32(corner & 1u), f32((corner >> 1u) & 1u), f32(corner >> 2u));
    let weights = mix(1.0 - part, part, step);
    let weight = weights.x * weights.y * weights.z;
    if (weight > 0.0) {
      let bits = textureLoad(map, vec3i(low + step), 0).x;
      if (is_nan(bits) || bits == FAILED) {
        return bits;
      }
      sum += weight * bitcast<f32>(bits);
    }
  }
  return bitcast<u32>(sum);
}

fn mapped(under: vec3f, at: vec2f) -> vec3f {
  let pixel = floor(at);
  var bits: u32;
  if (task.map.w == 1.0) {
    bits = textureLoad(map, vec3i(task.origin.xyz + pixel.x * task.across.xyz + pixel.y * task.down.xyz), 0).x;
  } else {
    let middle = pixel + 0.5;
    bits = between_voxels(task.map_origin.xyz + middle.x * task.map_across.xyz + middle.y * task.map_down.xyz);
  }
  if (bits == FAILED) {
    return mix(under, FAILED_GREY, task.map.z);
  }
  if (is_nan(bits)) {
    return under;
  }
  let part = clamp((bitcast<f32>(bits) - task.map.x) * task.map.y, 0.0, 255.0);
  return mix(under, textureLoad(colours, vec2i(i32(part), 0), 0).rgb, task.map.z);
}

fn members_at(column: i32, row: i32, layer: i32) -> u32 {
  if (column < 0 || row < 0 || column >= i32(task.columns.w) || row >= i32(task.rows.w)) {
    return 0u;
  }
  return textureLoad(members, vec2i(column, row), layer, 0).x;
}

// Device pixels from a place to the square of a plane pixel; corners are square, as mitred lines are.
fn distance_to(at: vec2f, column: i32, row: i32) -> f32 {
  let low = vec2f(f32(column), f32(row));
  let away = max(max(low - at, at - low - 1.0), vec2f(0.0)) * task.regions.zw;
  return max(away.x, away.y);
}

fn with_regions(under: vec3f, at: vec2f) -> vec3f {
  var colour = under;
  let pixel = vec2i(floor(at));
  let reach = i32(task.border.x);
  let layers = i32(ceil(task.regions.x / 32.0));
  for (var layer = 0; layer < layers; layer++) {
    let own = members_at(pixel.x, pixel.y, layer);
    var differing = 0u;
    for (var row = -reach; row <= reach; row++) {
      for (var column = -reach; column <= reach; column++) {
        differing |= own ^ members_at(pixel.x + column, pixel.y + row, layer);
      }
    }
    var left = own | differing;
    while (left != 0u) {
      let bit = firstTrailingBit(left);
      left &= left - 1u;
      let shade = shades[u32(layer) * 32u + bit];
      if (((own >> bit) & 1u) == 1u && task.border.y == 1.0) {
        colour = mix(colour, shade.rgb, shade.a);
      }
      if (((differing >> bit) & 1u) == 0u) {
        continue;
      }
      var near = 1e9;
      for (var row = -reach; row <= reach; row++) {
        for (var column = -reach; column <= reach; column++) {
          let other = own ^ members_at(pixel.x + column, pixel.y + row, layer);
          if (((other >> bit) & 1u) == 1u) {
            near = min(near, distance_to(at, pixel.x + column, pixel.y + row));
          }
        }
      }
      colour = mix(colour, shade.rgb, clamp(task.regions.y + 0.5 - near, 0.0, 1.0));
    }
  }
  return colour;
}

@fragment
fn pixel(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let side = task.down.w;
  var grey = 0.0;
  for (var i = 0.0; i < side; i += 1.0) {
    for (var j = 0.0; j < side; j += 1.0) {
      let at = plane_at(floor(position.xy) + (vec2f(i, j) + 0.5) / side);
      if (inside(at)) {
        grey += picture(at);
      }
    }
  }
  var colour = vec3f(grey / (side * side));
  let middle = plane_at(position.xy);
  if (task.map.w > 0.0 && inside(middle)) {
    colour = mapped(colour, middle);
  }
  if (task.regions.x > 0.0) {
    colour = with_regions(colour, middle);
  }
  return vec4f(colour, 1.0);
}
