/** Cases and their files at the mock portal. */

import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import type { CaseAnswer, CaseSummary, CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import { type MockState, problem } from './mock-state.ts';

const pageSize = 25;

/** What the list tells of a case, and nothing that is inside it. */
const inList: Readonly<Record<keyof CaseSummary, true>> = {
  caseNumber: true,
  service: true,
  form: true,
  status: true,
  submittedAt: true,
  updatedAt: true,
  isNew: true,
  unreadMessages: true,
  newest: true,
  waitsFor: true,
};
const summary = (one: CaseAnswer): CaseSummary =>
  Object.fromEntries(Object.entries(one).filter(([name]) => name in inList)) as unknown as CaseSummary;

export const listCases = ({ cases }: MockState, query: URLSearchParams): [number, unknown] => {
  const number = (query.get('number') ?? '').replace(/[\s/-]/g, '').toUpperCase();
  const direction = query.get('order') === 'asc' ? 1 : -1;
  const key = (one: CaseAnswer) => {
    if (query.get('sort') === 'name') return one.service;
    return String(query.get('sort') === 'event' ? one.updatedAt : one.submittedAt);
  };
  const asked = (name: string, value: string) => [null, value].includes(query.get(name));
  const services = query.get('service')?.split(',');
  const found = cases
    .filter(({ caseNumber }) => caseNumber.replaceAll('-', '').includes(number))
    .filter(({ status }) => asked('status', status))
    .filter(({ submittedAt }) => asked('year', String(new Date(submittedAt).getFullYear())))
    .filter(({ service }) => services === undefined || services.includes(service))
    .filter(({ isNew }) => isNew || !query.has('new'))
    .filter(({ waitsFor }) => waitsFor || !query.has('waiting'))
    .toSorted((one, other) => direction * key(one).localeCompare(key(other)));
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? pageSize);
  const items = found.slice(start, end).map(summary);
  return [200, end < found.length ? { items, next: String(end) } : { items }];
};

export const changeCase = (
  state: MockState,
  number: string,
  change: (one: CaseAnswer) => CaseAnswer,
): boolean => {
  const known = state.cases.some(({ caseNumber }) => caseNumber === number);
  state.cases = state.cases.map(one => (one.caseNumber === number ? change(one) : one));
  return known;
};

export const reply =
  (text: unknown) =>
  (one: CaseAnswer): CaseAnswer => {
    const sequence = one.revision + 1;
    const event: CitizenEvent = {
      id: `e${sequence}`,
      sequence,
      at: Date.now(),
      by: 'citizen',
      type: 'message',
      text: String(text),
    };
    return { ...one, revision: sequence, events: [...one.events, event] };
  };

export const withdrawn = (one: CaseAnswer): CaseAnswer => {
  const sequence = one.revision + 1;
  const event = { id: `e${sequence}`, sequence, at: Date.now(), by: 'citizen', type: 'status' } as const;
  return {
    ...one,
    status: 'cancelled',
    canWithdraw: false,
    revision: sequence,
    events: [...one.events, { ...event, status: 'cancelled' }],
  };
};

/** Where files go to; a test answers there. */
export const mockUploads = '/uploads';

export const announced = (state: MockState, body: Record<string, unknown>): [number, unknown] => {
  const before = state.added ?? [];
  const attachment = {
    ...(body as unknown as CaseAttachment),
    id: `f${before.length + 1}`,
    state: 'uploaded',
  } as const;
  state.added = [...before, { ...attachment, staged: true }];
  return [201, { attachment, upload: { url: mockUploads, fields: {} } }];
};

/** Until it has been handed over. */
export const takenBack = (state: MockState, id: string | undefined): [number, unknown] => {
  const left = state.added?.filter(file => file.id !== id || !file.staged);
  if (left?.length === state.added?.length) return problem(404, 'not-found');
  state.added = left ?? [];
  return [204, undefined];
};

export const opened = (one: CaseAnswer): CaseAnswer => ({
  ...one,
  isNew: false,
  unreadMessages: 0,
  events: one.events.map(event => (event.by === 'department' ? { readAt: Date.now(), ...event } : event)),
});
