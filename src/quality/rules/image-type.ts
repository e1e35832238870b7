/** What ImageType (0008,0008) says an image is. */

/** Computed from others, such as DERIVED\\PRIMARY\\DCE\\SER: values of a formula, with zero where there is none. */
export const isMap = (type: string | undefined): boolean =>
  /^DERIVED\\.*\\(ADC|FA|DCE|SER|PE\d*|T1 MAP|T2 MAP|PERFUSION)(\\|$)/.test(type ?? '');

/** A projection of others, such as DERIVED\\SECONDARY\\MIP. */
export const isProjection = (type: string | undefined): boolean =>
  /\\(MIP|MINIP|MIN IP|PROJECTION IMAGE)(\\|$)/.test(type ?? '');
