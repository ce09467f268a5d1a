/** Reads what `cdk synth` wrote: every stack's resources, and where the assets they name lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  readonly stack: string;
  /** Logical id. */
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** `Portal/Cases/Submit/Resource`: the construct's path, where the template says it. */
  readonly path: string;
}

export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Values of the outputs that have an export name, by that name (unresolved). */
  readonly exports: readonly { readonly name: unknown; readonly value: unknown }[];
}

export interface Template {
  readonly stacks: ReadonlyMap<string, Stack>;
  /** Every resource of a type, in the template's order. */
  ofType(type: string): Resource[];
  /** The folder or file an asset's S3 key stands for. Throws where it is unknown. */
  assetPath(key: string): string;
}

interface TemplateFile {
  Resources?: Record<
    string,
    { Type: string; Properties?: Record<string, unknown>; Metadata?: Record<string, unknown> }
  >;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, unknown>;
  Parameters?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

interface Manifest {
  artifacts: Record<
    string,
    { type: string; environment?: string; properties?: { templateFile?: string; stackName?: string } }
  >;
}

const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

const readStack = (folder: string, id: string, file: string, region: string): Stack => {
  const template = readJson<TemplateFile>(folder, file);
  const resources = Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => ({
    stack: id,
    id: logicalId,
    type: resource.Type,
    properties: resource.Properties ?? {},
    path: String(resource.Metadata?.['aws:cdk:path'] ?? logicalId),
  }));
  return {
    name: id,
    region,
    resources: new Map(resources.map(resource => [resource.id, resource])),
    conditions: template.Conditions ?? {},
    mappings: template.Mappings ?? {},
    parameters: template.Parameters ?? {},
    exports: Object.values(template.Outputs ?? {}).flatMap(({ Value, Export }) =>
      Export ? [{ name: Export.Name, value: Value }] : [],
    ),
  };
};

interface AssetFile {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

const readAssets = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .filter(name => name.endsWith('.assets.json'))
      .flatMap(name => Object.values(readJson<AssetFile>(folder, name).files ?? {}))
      .flatMap(({ source, destinations }) =>
        Object.values(destinations).map(
          ({ objectKey }) => [objectKey, join(folder, source.path ?? '')] as const,
        ),
      ),
  );

/** `aws://unknown-account/eu-north-1` → `eu-north-1`. */
const regionOf = (environment: string | undefined, otherwise: string): string => {
  const region = environment?.split('/').at(-1);
  return region === undefined || region.startsWith('unknown') ? otherwise : region;
};

export const readTemplate = (folder: string, region: string): Template => {
  const { artifacts } = readJson<Manifest>(folder, 'manifest.json');
  const stacks = Object.entries(artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) =>
      readStack(folder, id, properties?.templateFile ?? `${id}.template.json`, regionOf(environment, region)),
    );
  const assets = readAssets(folder);
  return {
    stacks: new Map(stacks.map(stack => [stack.name, stack])),
    ofType: type =>
      stacks.flatMap(stack => [...stack.resources.values()].filter(resource => resource.type === type)),
    assetPath: key => {
      const path = assets.get(key);
      if (path === undefined) throw new Error(`${folder} has no asset ${key}`);
      return path;
    },
  };
};
