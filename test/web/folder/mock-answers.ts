/** What the mock portal answers, route by route. */

import type { ConfirmationRequest, ProfileRequest } from '../../../lambdas/http/wire/profile.ts';
import type { PopularService, ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import { pageUrl } from '../../../web/urls.ts';
import { announced, changeCase, listCases, opened, reply, takenBack, withdrawn } from './mock-cases.ts';
import { confirmContact, removal, saveProfile } from './mock-profile.ts';
import { type MockState, problem } from './mock-state.ts';

const popular = ({ id, name, applicants }: ServiceSummary): PopularService => ({
  ...{ id, name, applicants },
  writtenIn: { fi: 'fi', sv: 'sv', en: 'en' },
});

export const answer = (
  state: MockState,
  route: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): [number, unknown] => {
  const [method, , , collection, id = '', part] = route.split(/[ /]/);
  const isPublic = ['session', 'services', 'forms', 'auth', 'bulletins', 'popular-services'].includes(
    collection ?? '',
  );
  if (state.failing.has(route)) return problem(503, 'unavailable');
  if (!isPublic && !state.session.signedIn) return problem(401, 'session-expired');
  switch ([method, collection, part ?? (id && '{id}')].filter(Boolean).join(' ')) {
    case 'POST session':
      // Use begins the idle time anew, as at the server: a check meanwhile must not take the warning away before.
      if (state.session.signedIn) state.session = { ...state.session, idleSecondsLeft: 7200 };
      return [200, state.session];
    case 'GET session':
      return [200, state.session];
    case 'POST auth sign-out':
    case 'POST auth {id}':
      state.session = { signedIn: false, ended: 'signed-out' };
      return [200, { location: pageUrl('fi', 'signedOut') }];
    case 'GET bulletins':
      return [200, { items: state.bulletins ?? [] }];
    case 'GET popular-services':
      return [200, { items: state.services.map(popular) }];
    case 'POST services openings':
      return [204, undefined];
    case 'GET services':
      return [200, { items: state.services }];
    case 'GET forms {id}':
      return [200, state.form];
    case 'GET profile':
      return [200, state.profile];
    case 'PUT profile':
      return saveProfile(state, body as unknown as ProfileRequest);
    case 'POST profile {id}':
      return id === 'codes'
        ? [200, { ...state.profile, codes: { [String(body.field)]: 'sent' } }]
        : confirmContact(state, body as unknown as ConfirmationRequest);
    case 'GET readings':
      return [200, { items: state.readings ?? [] }];
    case 'GET cases readings':
      return [200, { items: (state.readings ?? []).filter(({ caseNumber }) => caseNumber === id) }];
    case 'GET sign-ins':
      return [200, { items: state.signIns ?? [] }];
    case 'DELETE profile':
      return removal(state, query.get('dryRun') === 'true');
    case 'GET drafts':
      return [200, { items: state.drafts }];
    case 'GET drafts {id}': {
      const found = state.begun?.find(draft => draft.id === id);
      return found ? [200, found] : problem(404, 'not-found');
    }
    case 'DELETE drafts {id}':
      state.drafts = state.drafts.filter(draft => draft.id !== id);
      return [204, undefined];
    case 'GET cases':
      return listCases(state, query);
    case 'GET cases {id}': {
      const found = state.cases.find(({ caseNumber }) => caseNumber === id);
      return found ? [200, found] : problem(404, 'not-found');
    }
    case 'GET drafts attachments':
      return [200, { items: [] }];
    case 'GET cases attachments':
      return [200, { items: state.added ?? [] }];
    case 'POST cases attachments':
      return announced(state, body);
    case 'DELETE cases attachments':
      return takenBack(state, route.split('/').at(-1));
    case 'PUT cases seen':
      return changeCase(state, id, opened) ? [204, undefined] : problem(404, 'not-found');
    case 'POST cases messages':
      return changeCase(state, id, reply(body.text)) ? [201, {}] : problem(404, 'not-found');
    case 'PUT cases messages':
      return changeCase(state, id, one => ({ ...one, replyDraft: String(body.text) }))
        ? [204, undefined]
        : problem(404, 'not-found');
    case 'POST cases cancellation':
      if (state.cases.some(({ caseNumber, canWithdraw }) => caseNumber === id && !canWithdraw))
        return problem(409, 'status-not-allowed');
      return changeCase(state, id, withdrawn) ? [201, {}] : problem(404, 'not-found');
    default:
      return problem(404, 'not-found');
  }
};
