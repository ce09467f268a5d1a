/** The real app of a stage, synthesised into a folder of its own, for tests that read its templates. */
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { createApp } from '../../lib/app.ts';
import { bundleLambdas } from '../../lib/bundle.ts';
import type { StageName } from '../../lib/stage.ts';

const dist = join(import.meta.dirname, '../../dist');

/** A template points at what was built; what it is does not matter here, that it is there does. */
const ensureBuilt = async (): Promise<void> => {
  if (['site/assets', 'content', 'lambdas/cases-submit'].every(folder => existsSync(join(dist, folder))))
    return;
  const { buildSite } = await import('../../web/build/build.ts');
  await buildSite();
  await bundleLambdas();
};

export interface Resource {
  readonly id: string;
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

export interface Synthesised {
  readonly app: App;
  readonly portal: Stack;
  /** The portal stack's resources of a type. */
  ofType(type: string): readonly Resource[];
  /** Those of the edge stack, where there is one. */
  ofEdgeType(type: string): readonly Resource[];
}

const synthesised = new Map<StageName, Promise<Synthesised>>();

/** Synthesises a stage once for all tests of a file. */
export const synthesise = (stage: StageName): Promise<Synthesised> => {
  const known = synthesised.get(stage) ?? synthesiseAnew(stage);
  synthesised.set(stage, known);
  return known;
};

const synthesiseAnew = async (stage: StageName): Promise<Synthesised> => {
  await ensureBuilt();
  const outdir = mkdtempSync(join(tmpdir(), 'asiointi-synth-'));
  try {
    const app = createApp({ outdir, context: { stage } });
    const assembly = app.synth();
    const resources = (stack: string): Resource[] => {
      const template = assembly.stacks.find(({ stackName }) => stackName === stack)?.template;
      return Object.entries(template?.Resources ?? {}).map(
        ([id, resource]) => ({ id, ...(resource as object) }) as Resource,
      );
    };
    const portal = resources(`asiointi-${stage}`);
    const edge = resources(`asiointi-${stage}-edge`);
    return {
      app,
      portal: app.node.findChild(`asiointi-${stage}`) as Stack,
      ofType: type => portal.filter(({ Type }) => Type === type),
      ofEdgeType: type => edge.filter(({ Type }) => Type === type),
    };
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
};
