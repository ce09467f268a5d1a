/** Remembers a function of parts of a definition: they live as long as the form, and are asked about at every key press. */
export const remembered = <Key extends object, Result extends object>(
  work: (of: Key) => Result,
): ((of: Key) => Result) => {
  const known = new WeakMap<Key, Result>();
  return of => {
    const before = known.get(of);
    if (before) return before;
    const result = work(of);
    known.set(of, result);
    return result;
  };
};
