import { useEffect, useRef, useState } from 'preact/hooks';
import { namesIn, pointerTo, valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { option } from '../../../lambdas/domain/forms/controls.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import type { FieldProperties } from './form-view.ts';

/** Put in by the build. */
declare const POSTAL_CODES: string;

type Towns = Readonly<Record<string, string>>;
const fetched = new Map<string, Promise<Towns>>();

/** The towns of the codes that begin with these two digits. */
const towns = (prefix: string): Promise<Towns> => {
  const known =
    fetched.get(prefix) ??
    fetch(`${POSTAL_CODES}${prefix}.json`).then(answer => (answer.ok ? answer.json() : {}));
  fetched.set(prefix, known);
  known.catch(() => fetched.delete(prefix));
  return known;
};

/** By its names, Finnish before Swedish where it has two; none for a code nobody has. */
const namesOf = async (code: string): Promise<readonly string[]> =>
  (await towns(code.slice(0, 2)))[code.slice(2)]?.split('|') ?? [];

const nameIn = (language: Language, [fi, sv]: readonly string[]): string | undefined =>
  language === 'sv' ? (sv ?? fi) : fi;

const besides = (pointer: string, name: string): string =>
  pointerTo(namesIn(pointer).slice(0, -1).reduce(pointerTo, ''), name);

/**
 * The town of the code that was typed, to see that it is the right one; put into the field that `ui:options.townField`
 * names, unless what is written there is anything but the town of the code there was before. A code we do not know may be
 * newer than our list: it is doubted, not refused.
 */
export const PostalTown = ({ field, view }: FieldProperties) => {
  const t = texts<keyof typeof fi>();
  const code = String(valueAt(view.answers, field.pointer) ?? '').trim();
  const [found, setFound] = useState<{ readonly code: string; readonly town: string | undefined }>();
  const before = useRef<readonly string[]>([]);
  const latest = useRef(view);
  latest.current = view;
  const fillIn = (town: string, replaced: readonly string[]) => {
    const name = option(field.ui, 'townField');
    if (typeof name !== 'string') return;
    const pointer = besides(field.pointer, name);
    const written = String(valueAt(latest.current.answers, pointer) ?? '').trim();
    if (written !== town && ['', ...replaced].includes(written)) latest.current.change(pointer, town);
  };
  useEffect(() => {
    if (!/^\d{5}$/.test(code)) return;
    let isCurrent = true;
    const show = (names: readonly string[]) => {
      if (!isCurrent) return;
      const town = nameIn(view.language, names);
      setFound({ code, town });
      if (town === undefined) return;
      fillIn(town, before.current);
      before.current = names;
    };
    // Without the list nothing is said.
    namesOf(code).then(show, () => undefined);
    return () => {
      isCurrent = false;
    };
  }, [code]);
  return (
    <p class="field__hint" role="status">
      {found?.code === code && (found.town === undefined ? t('postalCode.unknown') : `${code} ${found.town}`)}
    </p>
  );
};
