/** First free byte after the module's static data: the host's arena starts here. */
export function arena_base(): usize {
  return __heap_base;
}
