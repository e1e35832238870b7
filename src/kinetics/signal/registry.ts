import type { SignalMethod } from './conversion.ts';
import { ctEnhancement } from './ct-enhancement.ts';
import { relativeEnhancement } from './relative-enhancement.ts';
import { spoiledGradientEcho } from './spoiled-gradient-echo.ts';

/** Every way from signal to concentration. A new one adds a file, one import and one entry. */
export const SIGNAL_METHODS: readonly SignalMethod[] = [
  spoiledGradientEcho,
  ctEnhancement,
  relativeEnhancement,
];
