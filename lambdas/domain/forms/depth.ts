/** No form nests deeper, and so no answers; deeper JSON is made to exhaust whoever walks it. */
const deepest = 64;

/** Walks level by level, so that no depth can exhaust it. */
export const isTooDeep = (value: unknown, limit: number = deepest): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(inner =>
      typeof inner === 'object' && inner !== null
        ? Object.values(inner).filter(next => typeof next === 'object')
        : [],
    );
  }
  return false;
};
