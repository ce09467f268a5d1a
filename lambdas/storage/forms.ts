import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { publishedService } from '../domain/forms/published.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';

/** Definitions of forms (R6). A published version is never changed: cases keep showing under the one they were sent with. */
export interface Forms {
  /** The version named, or the one in use. Refuses `not-found`. */
  get(id: string, version?: string): Promise<CompiledForm>;
  /** Writes the version, then makes it the one in use, then tells the catalogue of its service. */
  publish(form: CompiledForm): Promise<void>;
}

/** A version kept in memory costs some 100 kB. */
const rememberedVersions = 30;
const idShape = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const versionShape = /^[0-9a-f]{12}$/;

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'NoSuchKey' || error.name === 'NotFound' || error.name === 'AccessDenied');

const keyOf = (id: string, version = 'current'): string => `forms/${id}/${version}.json`;

export const forms = (client: S3Client, bucket: string): Forms => {
  const remembered = new Map<string, CompiledForm>();

  const read = async (key: string): Promise<CompiledForm> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as CompiledForm;
    } catch (error) {
      if (isMissing(error)) return refuse({ kind: 'not-found' });
      throw error;
    }
  };

  const write = async (key: string, value: unknown): Promise<void> => {
    const Body = JSON.stringify(value);
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: 'application/json' }),
    );
  };

  const remember = (key: string, form: CompiledForm): CompiledForm => {
    const [oldest] = remembered.keys();
    if (remembered.size >= rememberedVersions && oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, form);
    return form;
  };

  return {
    get: async (id, version) => {
      if (!idShape.test(id) || (version !== undefined && !versionShape.test(version)))
        refuse({ kind: 'not-found' });
      const key = keyOf(id, version);
      if (version === undefined) return read(key);
      return remembered.get(key) ?? remember(key, await read(key));
    },
    publish: async form => {
      await write(keyOf(form.id, form.version), form);
      await write(keyOf(form.id), form);
      await write(`services/published/${form.service}.json`, publishedService(form));
    },
  };
};
