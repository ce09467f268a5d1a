/** Own details at the mock portal. */

import { changeContact, confirmAddress } from '../../../lambdas/domain/contact-change.ts';
import { keptCases, keptLog } from '../../../lambdas/domain/my-data.ts';
import type { Profile } from '../../../lambdas/domain/profile.ts';
import type { RemovalAnswer } from '../../../lambdas/http/wire/my-data.ts';
import type {
  ConfirmationRequest,
  ProfileAnswer,
  ProfileRequest,
} from '../../../lambdas/http/wire/profile.ts';
import { type MockState, problem } from './mock-state.ts';

export const saveProfile = (
  state: MockState,
  { revision, consent: _, ...contact }: ProfileRequest,
): [number, unknown] => {
  const { profile } = state;
  if (revision !== profile.revision) return problem(412, 'precondition-failed');
  const { codes: _codes, ...before } = profile;
  // At registration what is given is used; after that only what is confirmed.
  const { profile: changed } =
    revision === 0
      ? { profile: { ...before, ...contact } }
      : changeContact(before as unknown as Profile, contact);
  const wanted = 'wanted' in changed ? Object.keys(changed.wanted ?? {}) : [];
  const codes = wanted.length > 0 && { codes: Object.fromEntries(wanted.map(field => [field, 'sent'])) };
  state.profile = { ...(changed as ProfileAnswer), registered: true, revision: revision + 1 };
  if (state.session.signedIn) state.session = { ...state.session, registered: true };
  return [200, { ...state.profile, ...codes }];
};

/** The code of every address here. */
export const mockCode = '123456';

export const confirmContact = (state: MockState, { field, code }: ConfirmationRequest): [number, unknown] => {
  if (code !== mockCode) return problem(422, 'code-wrong', { triesLeft: 3 });
  const { profile } = confirmAddress(state.profile as unknown as Profile, field, Date.now());
  const { unconfirmed = [], revision } = state.profile;
  state.profile = {
    ...(profile as unknown as ProfileAnswer),
    unconfirmed: unconfirmed.filter(other => other !== field),
    revision: revision + 1,
  };
  return [200, state.profile];
};

/** A dry run leaves everything; the deletion ends the session. */
export const removal = (state: MockState, dryRun: boolean): [number, RemovalAnswer] => {
  const kinds = ['profile', 'draft', 'file', 'notification', 'session', 'technical'] as const;
  const keeps = keptCases(state.cases);
  if (!dryRun) state.session = { signedIn: false, ended: 'signed-out' };
  return [
    200,
    {
      dryRun,
      deletes: kinds.map((what, count) => ({ what, count: count + 1 })),
      keeps: [...keeps, keptLog()],
    },
  ];
};
