/** Waiting for what a page does by itself, sooner or later. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

export const waitUntilSaid = (page: Page, text: string): Promise<void> =>
  page.locator('[aria-live=polite].visually-hidden', { hasText: text }).waitFor({ state: 'attached' });

export const waitFor = async (isSo: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 600 && !isSo(); attempt++) await pause(50);
  assert.ok(isSo(), 'it did not happen within half a minute');
};

/** Focus is moved once what it goes to has been drawn. */
export const waitForFocus = (page: Page, text: string): Promise<void> =>
  page.locator(':focus', { hasText: text }).waitFor();
