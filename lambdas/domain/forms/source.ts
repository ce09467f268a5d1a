import type { Schema } from './types.ts';

/** Where in the file a schema was written; gone once the form is compiled. */
export const source: unique symbol = Symbol('source');
export const sourceOf = (schema: object): string | undefined =>
  (schema as Schema & { readonly [source]?: string })[source];
