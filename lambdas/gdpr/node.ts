/** A tree as the city's GDPR API contract has it: every value is text, every key in capitals. */
export interface Node {
  readonly key: string;
  readonly value?: string;
  readonly children?: readonly Node[];
  /** Where it may not be told by so weak an identification. */
  readonly error?: string;
}

/** `caseNumber` → `CASE_NUMBER`; keys of answers may hold anything, and stay readable. */
const keyOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .toUpperCase();

/** Times stand as numbers in our own JSON, and as ISO 8601 here, where everything is text. */
const times = new Set(['at', 'collectedAt', 'createdAt', 'updatedAt', 'submittedAt', 'expiresAt', 'readAt']);

const text = (name: string, value: unknown): string =>
  times.has(name) && typeof value === 'number' ? new Date(value).toISOString() : String(value);

/** What JSON can say, as a tree: items of a list are its children, each called as the list in the singular, or as the list. */
export const toNode = (name: string, value: unknown): Node => {
  const key = keyOf(name);
  if (Array.isArray(value)) return { key, children: value.map(item => toNode(name.replace(/s$/, ''), item)) };
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return { key, children: members.map(([member, inside]) => toNode(member, inside)) };
  }
  return { key, value: text(name, value ?? '') };
};
