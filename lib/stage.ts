import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { vocabularyNames } from '../lambdas/identity/vocabulary.ts';
import { type City, readCity } from '../web/build/city.ts';

const text = z.string().min(1);
const origin = z.url().regex(/[^/]$/, 'must not end in a slash');
export const departmentScopes = [
  'department/cases.read',
  'department/cases.write',
  'department/bulletins.write',
  'department/webhooks.write',
] as const;

/** `lambdas/identity/credentials.ts` knows both. */
const authentications = ['client_secret_basic', 'private_key_jwt'] as const;

const departmentClient = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  name: text,
  services: z.union([z.literal('*'), z.array(text).min(1)]),
  scopes: z.array(z.enum(departmentScopes)).min(1),
});

const stageSchema = z
  .strictObject({
    region: z.string().regex(/^[a-z]+(-[a-z]+)+-\d$/, 'must be an AWS region'),
    /** Citizens' data that must last: deletion protection, nothing destroyed with the stack. */
    lasting: z.boolean(),
    portalUrl: origin,
    /** Absent where there is no DNS to speak of: on this machine. Then there is no edge stack either. */
    domain: z.strictObject({ name: text, hostedZone: z.strictObject({ id: text, name: text }) }).optional(),
    /** Where browsers send attachments, when it is not the bucket's own address. */
    uploadsOrigin: origin.optional(),
    emailFrom: z.email(),
    identity: z.strictObject({
      issuer: origin,
      clientId: text,
      /** How the portal proves itself: by the issuer's secret, or by its own keys at `/api/auth/jwks.json`. */
      authentication: z.enum(authentications),
      /** Levels of assurance that are enough, as the issuer names them. */
      levels: z.array(z.string().regex(/^\S+$/, 'must be one word')).min(1),
      /** Whose names claims have (`lambdas/identity/vocabulary.json`). */
      vocabulary: z.enum(vocabularyNames),
      /**
       * The audience of the tokens by which the city's profile system asks for a person's data, agreed with it. Only where
       * the issuer's `sub` lasts: that of the city's Keycloak does, that of the state's identification does not.
       */
      gdprAudience: text.optional(),
      /** Version of the client secret in Secrets Manager; naming a new one makes a deployment read it. */
      secretVersion: text.optional(),
    }),
    /** The state's register of mandates (Suomi.fi e-Authorizations). */
    mandates: z.strictObject({
      url: origin,
      clientId: text,
      /** Versions of the two secrets in Secrets Manager; naming a new one makes a deployment read it. */
      secretVersion: text.optional(),
      apiKeyVersion: text.optional(),
    }),
    /** Who issues departments' tokens, when it is not the stack's own user pool. */
    departmentIssuer: origin.optional(),
    departmentClients: z.array(departmentClient),
    /** Where the city's register of services is fetched from once a day; without it, only when somebody imports it. */
    registerUrl: z.url({ protocol: /^https$/ }).optional(),
    alarmsEmail: z.email().optional(),
    /** Raised by one, receipts are signed by a new key from the next deployment on; 1 where nothing is said. */
    receiptKeyGeneration: z.int().min(1).optional(),
  })
  .refine(stage => !stage.domain || stage.portalUrl === `https://${stage.domain.name}`, {
    path: ['portalUrl'],
    message: 'must be https:// and the name of domain',
  });

export const stageNames = ['dev', 'prod', 'local'] as const;
export type StageName = (typeof stageNames)[number];
/** Where and how the portal is deployed, and whose it is. */
export type Stage = z.infer<typeof stageSchema> & { readonly name: StageName; readonly city: City };
export type DepartmentClient = z.infer<typeof departmentClient>;

/** Says in one plain line which value of the configuration is wrong. */
export class StageError extends Error {
  override readonly name = 'StageError';
}

/** A stage's values as `cdk.json` has them, and what the command line says instead (`-c portalUrl=…`). */
export interface StageContext {
  readonly stage?: unknown;
  readonly stages?: unknown;
  readonly portalUrl?: unknown;
  readonly issuer?: unknown;
  readonly uploadsOrigin?: unknown;
}

/** The validated stage a context names, with the city of `web/city`. Throws `StageError` or `CityError`. */
export const parseStage = (context: StageContext): Stage => {
  const name = stageNames.find(known => known === context.stage);
  if (!name)
    throw new StageError(`stage must be one of ${stageNames.join(', ')}, not ${String(context.stage)}`);
  const written = (context.stages as Record<string, unknown> | undefined)?.[name];
  if (typeof written !== 'object') throw new StageError(`cdk.json has no context.stages.${name}`);
  const parsed = stageSchema.safeParse(withOverrides(written as Record<string, unknown>, context));
  if (parsed.success) return { ...parsed.data, name, city: readCity() };
  const issue = parsed.error.issues[0];
  throw new StageError(`cdk.json: stages.${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
};

/** The stage as written in `cdk.json`, for whatever is built outside the CDK app. Throws `StageError` or `CityError`. */
export const readStage = (stage: string = process.env.PORTAL_STAGE ?? 'local'): Stage =>
  parseStage({ ...readContext(), stage });

/** Everything under `context` in `cdk.json`. */
export const readContext = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')).context;

/** On this machine the register is played where the issuer is. */
const besideIssuer = ({ identity, mandates }: Record<string, unknown>): boolean =>
  (identity as { issuer?: unknown }).issuer === (mandates as { url?: unknown } | undefined)?.url;

const withOverrides = (written: Record<string, unknown>, context: StageContext): Record<string, unknown> => ({
  ...written,
  ...(context.portalUrl !== undefined && { portalUrl: context.portalUrl }),
  ...(context.uploadsOrigin !== undefined && { uploadsOrigin: context.uploadsOrigin }),
  ...(context.issuer !== undefined && {
    identity: { ...(written.identity as object), issuer: context.issuer },
    ...('departmentIssuer' in written && { departmentIssuer: context.issuer }),
    ...(besideIssuer(written) && { mandates: { ...(written.mandates as object), url: context.issuer } }),
  }),
});
