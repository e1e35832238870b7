// The emscripten glue of the codecs has no types; what is used of it stands in jpeg2000.ts.
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: unknown;
  export default factory;
}

// Full builds with encoders, for the tests alone.
declare module '@cornerstonejs/codec-charls' {
  const factory: unknown;
  export default factory;
}
declare module '@cornerstonejs/codec-openjpeg' {
  const factory: unknown;
  export default factory;
}
declare module '@cornerstonejs/codec-openjph' {
  const factory: unknown;
  export default factory;
}
