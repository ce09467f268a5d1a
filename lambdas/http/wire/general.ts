/**
 * What the API answers and takes, as JSON: a file a resource, shared by the handlers and, as types only, by `web/`.
 * Here is what they have in common.
 */
import type { FieldError } from '../../domain/refusal.ts';

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** `GET cases` and `GET drafts`. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}
