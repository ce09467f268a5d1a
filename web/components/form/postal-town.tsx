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

/** Undefined for a code nobody has. */
const townOf = async (code: string, language: Language): Promise<string | undefined> => {
  const [fi, sv] = (await towns(code.slice(0, 2)))[code.slice(2)]?.split('|') ?? [];
  return language === 'sv' ? (sv ?? fi) : fi;
};

const besides = (pointer: string, name: string): string =>
  pointerTo(namesIn(pointer).slice(0, -1).reduce(pointerTo, ''), name);

/**
 * The town of the code that was typed, to see that it is the right one; put into the field that `ui:options.townField`
 * names, unless somebody has written there. A code we do not know may be newer than our list: it is doubted, not refused.
 */
export const PostalTown = ({ field, view }: FieldProperties) => {
  const t = texts<keyof typeof fi>();
  const code = String(valueAt(view.answers, field.pointer) ?? '').trim();
  const [found, setFound] = useState<{ readonly code: string; readonly town: string | undefined }>();
  const filledIn = useRef('');
  const latest = useRef(view);
  latest.current = view;
  const fillIn = (town: string) => {
    const name = option(field.ui, 'townField');
    if (typeof name !== 'string') return;
    const pointer = besides(field.pointer, name);
    const written = String(valueAt(latest.current.answers, pointer) ?? '').trim();
    if (written !== '' && written !== filledIn.current) return;
    filledIn.current = town;
    if (written !== town) latest.current.change(pointer, town);
  };
  useEffect(() => {
    if (!/^\d{5}$/.test(code)) return;
    let isCurrent = true;
    const show = (town: string | undefined) => {
      if (!isCurrent) return;
      setFound({ code, town });
      if (town !== undefined) fillIn(town);
    };
    // Without the list nothing is said.
    townOf(code, view.language).then(show, () => undefined);
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
