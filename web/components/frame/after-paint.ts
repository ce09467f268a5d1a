/** For what nobody waits for: the calendar of a city alone takes a slow phone a tenth of a second. */
export const afterPaint = (work: () => void): void => void requestAnimationFrame(() => setTimeout(work));
