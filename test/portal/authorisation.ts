/**
 * Who gets what from every route: the answer's status by actor. `own` things exist and belong to the owner;
 * 404 is what both "unknown" and "not yours" look like. A route of the stack without a row fails the test.
 */
export const actors = [
  'nobody',
  'otherPerson',
  'owner',
  'department',
  'otherDepartment',
  'expired',
  'forged',
  // Of an organisation, whose things they ask for: `session` says what each gets.
  'member',
  'exMember',
  'wrongRole',
  'signedOutProvider',
] as const;
export type Actor = (typeof actors)[number];

export interface Row {
  readonly route: string;
  /** Who the route is for: a citizen by session, a department by token, or anybody. */
  readonly answers: Readonly<Record<Actor, number>>;
}

const everybody = (status: number): Row['answers'] =>
  Object.fromEntries(actors.map(actor => [actor, status])) as Row['answers'];

type OfOrganisation = 'member' | 'exMember' | 'wrongRole' | 'signedOutProvider';

/**
 * Needs a session; a department's token is none. A member of an organisation gets what an owner gets; who was one finds
 * the folder closed; a mandate that covers less lacks only what asks for more; a session ended at the provider is none.
 */
const session = (
  owner: number,
  otherPerson = owner,
  ofOrganisation: Partial<Record<OfOrganisation, number>> = {},
): Row['answers'] => ({
  ...everybody(401),
  ...{ owner, otherPerson, member: owner, wrongRole: owner, exMember: 403 },
  ...ofOrganisation,
});

/** Needs a department's token; a citizen's session is none. `expired` and `forged` are tokens here. */
const token = (department: number, otherDepartment: number): Row['answers'] => ({
  ...everybody(401),
  department,
  otherDepartment,
});

export const authorisation: readonly Row[] = [
  { route: 'GET /api/auth/sign-in', answers: everybody(302) },
  { route: 'GET /api/auth/callback', answers: everybody(302) },
  { route: 'POST /api/auth/sign-out', answers: everybody(200) },
  { route: 'POST /api/auth/backchannel-logout', answers: everybody(400) },
  { route: 'GET /api/auth/frontchannel-logout', answers: everybody(400) },
  { route: 'GET /api/auth/jwks.json', answers: everybody(200) },
  { route: 'GET /api/session', answers: everybody(200) },
  // Keeps the session, not the folder.
  { route: 'POST /api/session', answers: session(200, 200, { exMember: 200 }) },
  { route: 'GET /api/auth/mandate', answers: everybody(302) },
  { route: 'GET /api/auth/mandate/callback', answers: everybody(302) },
  // Whom one may act for is told to whoever may act for nobody any more.
  { route: 'GET /api/mandate', answers: session(200, 200, { exMember: 200 }) },
  { route: 'PUT /api/mandate', answers: session(200) },
  { route: 'POST /api/mandate/check', answers: session(200) },
  { route: 'GET /api/profile', answers: session(200) },
  { route: 'PUT /api/profile', answers: session(200) },
  // A right of human beings: an organisation's people have it in their own folders.
  { route: 'GET /api/profile/export', answers: session(200, 200, { member: 403, wrongRole: 403 }) },
  // A dry run: each of them is needed after it.
  { route: 'DELETE /api/profile', answers: session(200, 200, { member: 403, wrongRole: 403 }) },
  { route: 'POST /api/profile/codes', answers: session(200) },
  // Nobody knows the code.
  { route: 'POST /api/profile/confirmations', answers: session(400) },
  { route: 'GET /api/services', answers: everybody(200) },
  { route: 'GET /api/services/{id}', answers: everybody(200) },
  { route: 'GET /api/forms/{id}', answers: everybody(200) },
  { route: 'GET /api/forms/{id}/availability', answers: everybody(200) },
  // Nor does it have places.
  { route: 'GET /api/forms/{id}/places', answers: everybody(404) },
  { route: 'GET /api/bulletins', answers: everybody(200) },
  { route: 'GET /api/popular-services', answers: everybody(200) },
  { route: 'POST /api/services/{id}/openings', answers: everybody(204) },
  { route: 'GET /api/drafts', answers: session(200) },
  { route: 'GET /api/drafts/key', answers: session(200) },
  { route: 'GET /api/drafts/{id}', answers: session(200, 404, { wrongRole: 403 }) },
  { route: 'PUT /api/drafts/{id}', answers: session(200, 404, { wrongRole: 403 }) },
  { route: 'DELETE /api/drafts/{id}', answers: session(204, 404, { wrongRole: 403 }) },
  { route: 'GET /api/drafts/{id}/attachments', answers: session(200, 404, { wrongRole: 403 }) },
  { route: 'POST /api/drafts/{id}/attachments', answers: session(201, 404, { wrongRole: 403 }) },
  {
    route: 'DELETE /api/drafts/{id}/attachments/{attachment}',
    answers: session(204, 404, { wrongRole: 403 }),
  },
  { route: 'POST /api/cases', answers: session(201, 201, { wrongRole: 403 }) },
  { route: 'GET /api/cases', answers: session(200) },
  { route: 'GET /api/cases/{caseNumber}', answers: session(200, 404) },
  { route: 'PUT /api/cases/{caseNumber}/seen', answers: session(204, 404) },
  { route: 'POST /api/cases/{caseNumber}/messages', answers: session(201, 404) },
  { route: 'PUT /api/cases/{caseNumber}/messages/draft', answers: session(204, 404) },
  { route: 'GET /api/cases/{caseNumber}/events/{event}/calendar', answers: session(200, 404) },
  { route: 'GET /api/cases/{caseNumber}/attachments', answers: session(200, 404) },
  { route: 'POST /api/cases/{caseNumber}/attachments', answers: session(201, 404) },
  // Until it is handed over, a file is its sender's alone: colleagues find none.
  {
    route: 'PUT /api/cases/{caseNumber}/attachments/{attachment}',
    answers: session(204, 404, { member: 404, wrongRole: 404 }),
  },
  {
    route: 'DELETE /api/cases/{caseNumber}/attachments/{attachment}',
    answers: session(204, 404, { member: 404, wrongRole: 404 }),
  },
  // Who has looked: for those whose folder it is, and for no department.
  { route: 'GET /api/readings', answers: session(200) },
  { route: 'GET /api/cases/{caseNumber}/readings', answers: session(200, 404) },
  { route: 'GET /api/sign-ins', answers: session(200) },
  { route: 'GET /api/cases/{caseNumber}/receipt', answers: session(200, 404) },
  { route: 'GET /api/cases/{caseNumber}/bundle', answers: session(200, 404) },
  { route: 'POST /api/cases/{caseNumber}/cancellation', answers: session(201, 404) },
  { route: 'GET /api/consents/{form}', answers: session(200) },
  // The city's profile system comes with tokens of its own, which nobody here has.
  { route: 'GET /gdpr-api/v1/profiles/{id}', answers: everybody(401) },
  { route: 'DELETE /gdpr-api/v1/profiles/{id}', answers: everybody(401) },
  { route: 'GET /.well-known/jwks.json', answers: everybody(200) },
  { route: 'GET /api/department/v1/cases', answers: token(200, 200) },
  { route: 'GET /api/department/v1/cases/{caseNumber}', answers: token(200, 404) },
  // A file that its sender has not handed over with the case does not exist for the department.
  { route: 'GET /api/department/v1/cases/{caseNumber}/attachments/{id}', answers: token(404, 404) },
  { route: 'POST /api/department/v1/cases/{caseNumber}/events', answers: token(201, 404) },
  { route: 'GET /api/department/v1/deliveries', answers: token(200, 200) },
  { route: 'GET /api/department/v1/deliveries/{id}', answers: token(200, 404) },
  { route: 'POST /api/department/v1/deliveries/{id}/acknowledgement', answers: token(204, 404) },
  { route: 'GET /api/department/v1/bulletins', answers: token(200, 200) },
  // Another department's bulletin of the same name is another bulletin.
  { route: 'PUT /api/department/v1/bulletins/{id}', answers: token(200, 201) },
  { route: 'DELETE /api/department/v1/bulletins/{id}', answers: token(204, 404) },
  { route: 'GET /api/department/v1/openapi.json', answers: everybody(200) },
  { route: '$default', answers: everybody(404) },
];
