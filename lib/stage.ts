import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const text = z.string().min(1);
const origin = z.url().regex(/[^/]$/, 'must not end in a slash');
const translated = z.strictObject({ fi: text, sv: text, en: text });
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as 08:00');

/** For people and for a script that says "open now". */
const openingHours = z.strictObject({
  /** ISO: Monday is 1. */
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  opens: timeOfDay,
  closes: timeOfDay,
});

const helpline = z.strictObject({
  name: translated,
  phone: text,
  hours: openingHours,
  /** The way that needs no hearing (R1.5). */
  email: z.email(),
  textMessage: text.optional(),
});

export const departmentScopes = [
  'department/cases.read',
  'department/cases.write',
  'department/bulletins.write',
  'department/webhooks.write',
] as const;

const departmentClient = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  name: text,
  services: z.union([z.literal('*'), z.array(text).min(1)]),
  scopes: z.array(z.enum(departmentScopes)).min(1),
});

const stageSchema = z
  .strictObject({
    city: z.strictObject({ name: translated, timeZone: text }),
    helpline,
    region: z.string().regex(/^[a-z]+(-[a-z]+)+-\d$/, 'must be an AWS region'),
    /** Citizens' data that must last: deletion protection, nothing destroyed with the stack. */
    lasting: z.boolean(),
    portalUrl: origin,
    /** Absent where there is no DNS to speak of: on this machine. Then there is no edge stack either. */
    domain: z.strictObject({ name: text, hostedZone: z.strictObject({ id: text, name: text }) }).optional(),
    /** Where browsers send attachments, when it is not the bucket's own address. */
    uploadsOrigin: origin.optional(),
    emailFrom: z.email(),
    /** As registered with Traficom; 3–11 letters or digits. */
    smsSenderId: z.string().regex(/^[A-Za-z0-9]{3,11}$/, 'must be 3 to 11 letters or digits'),
    casePrefix: z.string().regex(/^[A-Z]{2,5}$/, 'must be 2 to 5 capital letters'),
    identity: z.strictObject({
      issuer: origin,
      clientId: text,
      /** Version of the client secret in Secrets Manager; naming a new one makes a deployment read it. */
      secretVersion: text.optional(),
    }),
    /** Who issues departments' tokens, when it is not the stack's own user pool. */
    departmentIssuer: origin.optional(),
    departmentClients: z.array(departmentClient),
    /** Where the city's register of services is fetched from once a day; without it, only when somebody imports it. */
    registerUrl: z.url({ protocol: /^https$/ }).optional(),
    alarmsEmail: z.email().optional(),
  })
  .refine(stage => !stage.domain || stage.portalUrl === `https://${stage.domain.name}`, {
    path: ['portalUrl'],
    message: 'must be https:// and the name of domain',
  });

export const stageNames = ['dev', 'prod', 'local'] as const;
export type StageName = (typeof stageNames)[number];
export type Stage = z.infer<typeof stageSchema> & { readonly name: StageName };
export type DepartmentClient = z.infer<typeof departmentClient>;
export type Helpline = z.infer<typeof helpline>;

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

/** The validated stage a context names. Throws `StageError`. */
export const parseStage = (context: StageContext): Stage => {
  const name = stageNames.find(known => known === context.stage);
  if (!name)
    throw new StageError(`stage must be one of ${stageNames.join(', ')}, not ${String(context.stage)}`);
  const written = (context.stages as Record<string, unknown> | undefined)?.[name];
  if (typeof written !== 'object') throw new StageError(`cdk.json has no context.stages.${name}`);
  const parsed = stageSchema.safeParse(withOverrides(written as Record<string, unknown>, context));
  if (parsed.success) return { ...parsed.data, name };
  const issue = parsed.error.issues[0];
  throw new StageError(`cdk.json: stages.${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
};

/** The stage as written in `cdk.json`, for whatever is built outside the CDK app. Throws `StageError`. */
export const readStage = (stage: string = process.env.PORTAL_STAGE ?? 'local'): Stage =>
  parseStage({ ...readContext(), stage });

/** Everything under `context` in `cdk.json`. */
export const readContext = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')).context;

const withOverrides = (written: Record<string, unknown>, context: StageContext): Record<string, unknown> => ({
  ...written,
  ...(context.portalUrl !== undefined && { portalUrl: context.portalUrl }),
  ...(context.uploadsOrigin !== undefined && { uploadsOrigin: context.uploadsOrigin }),
  ...(context.issuer !== undefined && {
    identity: { ...(written.identity as object), issuer: context.issuer },
    ...('departmentIssuer' in written && { departmentIssuer: context.issuer }),
  }),
});
