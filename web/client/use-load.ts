import { useEffect, useRef, useState } from 'preact/hooks';

export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'ready'; readonly value: Value };

/**
 * Loads a value when the component appears, and again when `key` changes or `reload` is called.
 * An answer that a newer question has overtaken is dropped. `first`: what there is already, instead of the first loading.
 */
export const useLoad = <Value>(
  load: () => Promise<Value>,
  key = '',
  first?: Value,
): Loaded<Value> & { reload(): void } => {
  const isGiven = useRef(first !== undefined);
  const [loaded, setLoaded] = useState<Loaded<Value>>(
    first === undefined ? { state: 'loading' } : { state: 'ready', value: first },
  );
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // `key` stands for all that `load` closes over
  useEffect(() => {
    if (isGiven.current) {
      isGiven.current = false;
      return;
    }
    let current = true;
    setLoaded({ state: 'loading' });
    latest.current().then(
      value => current && setLoaded({ state: 'ready', value }),
      error => current && setLoaded({ state: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);
  return { ...loaded, reload: () => setAttempt(count => count + 1) };
};
