/** Every environment variable a Lambda of the portal may need; `lib/` must give a function exactly those it names. */
export interface Settings {
  PROFILES_TABLE: string;
  CASES_TABLE: string;
  DRAFTS_TABLE: string;
  SESSIONS_TABLE: string;
  /** Forms that are never stored, until their department has them (R6.7). */
  DELIVERIES_TABLE: string;
  DIGESTS_TABLE: string;
  /** What everybody may see: bulletins, counts of openings. */
  CATALOGUE_TABLE: string;
  /** Where each file is on its way to the department. */
  ATTACHMENTS_TABLE: string;
  /** Who has looked at which case, and who has signed in. */
  ACCESS_LOG_TABLE: string;
  /** KMS key that wraps the data keys of sealed content. */
  SEALING_KEY: string;
  /** KMS HMAC key that turns an identity code or business ID into a look-up key. */
  IDENTITY_KEY: string;
  /** KMS key pair (ES256) that signs receipts. */
  RECEIPT_KEY: string;
  /** Attachments of drafts and cases. */
  UPLOADS_BUCKET: string;
  /** Published form definitions (`forms/`), the register in use (`catalogue/`), imports waiting (`imports/`). */
  CONTENT_BUCKET: string;
  /** The static site CloudFront serves. */
  SITE_BUCKET: string;
  /** ARN of the CloudFront key-value store that says which catalogue is in use. */
  SITE_POINTERS: string;
  /** Origin of the portal, without a trailing slash. */
  PORTAL_URL: string;
  /** What CloudFront adds to every request to the API; others are refused. */
  ORIGIN_SECRET: string;
  IDENTITY_ISSUER: string;
  IDENTITY_CLIENT_ID: string;
  IDENTITY_CLIENT_SECRET: string;
  /** How the portal proves itself to the issuer: `client_secret_basic` or `private_key_jwt`. */
  IDENTITY_AUTHENTICATION: string;
  /** Levels of assurance that are enough, as the issuer names them (`acr`), a space between two. */
  IDENTITY_LEVELS: string;
  /** Which names the issuer gives to claims: `suomifi` or `keycloak`. */
  IDENTITY_VOCABULARY: string;
  /** `yes` where the issuer's `sub` is a person's for good, and the city's profile system asks by it. */
  LASTING_SUBJECTS: string;
  /** Whom tokens of the city's profile system are for (`aud`), when they are for this portal. */
  GDPR_AUDIENCE: string;
  /** Origin of the state's register of mandates (Suomi.fi e-Authorizations). */
  MANDATES_URL: string;
  MANDATES_CLIENT_ID: string;
  /** Signs the calls to the register (HMAC). */
  MANDATES_SECRET: string;
  /** Redeems the register's codes (OAuth). */
  MANDATES_API_KEY: string;
  DEPARTMENT_ISSUER: string;
  /** Where the issuer’s keys are: `{issuer}/.well-known/jwks.json`, at Cognito and locally. */
  DEPARTMENT_JWKS: string;
  /** JSON: {clientId: {name, services: string[] | "*"}}. */
  DEPARTMENT_CLIENTS: string;
  DIGEST_QUEUE_URL: string;
  EMAIL_FROM: string;
  SMS_SENDER_ID: string;
  /** JSON: {name: {fi,sv,en}, helpline: {name: {fi,sv,en}, phone}}: the city as its notifications name it. */
  CITY: string;
  /** Letters at the head of a case number: `HEL`. */
  CASE_PREFIX: string;
}

/** Reads what a function needs, once, at start. Throws naming the missing variable, so a wrong deployment never serves. */
export const configuration = <Name extends keyof Settings>(
  ...names: Name[]
): Readonly<Pick<Settings, Name>> =>
  Object.fromEntries(
    names.map(name => {
      const value = process.env[name];
      if (value === undefined || value === '') throw new Error(`environment variable ${name} is missing`);
      return [name, value];
    }),
  ) as Pick<Settings, Name>;
