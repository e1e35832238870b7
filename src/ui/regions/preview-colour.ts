/** sRGB of what is not a region yet: in no palette of regions, and lighter than all of them. */
export const PREVIEW_COLOUR = [196, 255, 72] as const;
