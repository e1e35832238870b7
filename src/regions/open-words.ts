import type { Localised } from '../core/localised.ts';

/** What a number of an operation or a method means while its field is empty. */
export const AUTOMATIC: Localised = { en: 'auto', ru: 'авто', zh: '自动' };
export const NO_LIMIT: Localised = { en: 'no limit', ru: 'нет', zh: '不限' };
