import type { EpochMs } from '../domain/case.ts';
import { versionOf } from '../domain/forms/compile.ts';
import { lostBy } from '../domain/forms/migrate.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Forms } from '../storage/forms.ts';
import type { LiveDrafts } from '../storage/live-drafts.ts';

/** What drafts begun under one version would lose. Counts only: whose they are and what is in them stays in here. */
export interface VersionLosses {
  readonly version: string;
  readonly drafts: number;
  /** How many of them would lose each field. */
  readonly fields: readonly { readonly pointer: string; readonly drafts: number }[];
}

export interface Losses {
  /** Drafts of the form that are alive. */
  readonly drafts: number;
  /** Versions of which a draft would lose something. */
  readonly versions: readonly VersionLosses[];
}

interface Dependencies {
  readonly forms: Pick<Forms, 'get'>;
  readonly drafts: LiveDrafts;
}

interface Count {
  drafts: number;
  readonly fields: Map<string, number>;
}

/** A version nobody can find any more says nothing of what its drafts hold: all of them stay with it. */
const versionOrNone = async (forms: Dependencies['forms'], id: string, version: string) => {
  try {
    return await forms.get(id, version);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

/**
 * The definition with all of that given up, and saying so. But for what a move would write over: to drop that would take
 * what was moved there too, so those drafts stay with their version.
 */
export const withoutLost = (definition: CompiledForm, { versions }: Losses): CompiledForm => {
  const known = definition.migrations ?? [];
  const unnamed = versions.filter(({ version }) => !known.some(({ from }) => from === version));
  const all = [...known, ...unnamed.map(({ version }) => ({ from: version, steps: [] }))];
  const targets = new Set(
    known.flatMap(({ steps }) => steps.flatMap(step => ('to' in step ? [step.to] : []))),
  );
  const lost = versions.flatMap(({ fields }) => fields.map(({ pointer }) => pointer));
  const pointers = new Set(lost.filter(pointer => !targets.has(pointer)));
  // Every way from an earlier version leads through the last migration.
  const migrations = all.map((migration, index) =>
    index < all.length - 1
      ? migration
      : { ...migration, steps: [...migration.steps, ...[...pointers].map(drop => ({ drop }))] },
  );
  const changed = { ...definition, migrations };
  return { ...changed, version: versionOf(changed) };
};

/** Opens every draft of the form, in memory, and counts what this definition would have no place for. */
export const lossesOf = async (
  definition: CompiledForm,
  { forms, drafts }: Dependencies,
  now: EpochMs,
): Promise<Losses> => {
  const versions = new Map<string, Count>();
  let all = 0;
  for await (const { formVersion, answers } of drafts.of(definition.id, now)) {
    all += 1;
    if (formVersion === definition.version) continue;
    const count = versions.get(formVersion) ?? { drafts: 0, fields: new Map<string, number>() };
    versions.set(formVersion, count);
    count.drafts += 1;
    const from = await versionOrNone(forms, definition.id, formVersion);
    for (const pointer of from ? lostBy(from, definition, answers) : [])
      count.fields.set(pointer, (count.fields.get(pointer) ?? 0) + 1);
  }
  return {
    drafts: all,
    versions: [...versions].flatMap(([version, { drafts: counted, fields }]) =>
      fields.size === 0
        ? []
        : [
            {
              version,
              drafts: counted,
              fields: [...fields].map(([pointer, lost]) => ({ pointer, drafts: lost })),
            },
          ],
    ),
  };
};
