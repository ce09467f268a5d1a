import type { Actor, AskedFor, CaseHeader, EventBody } from './case.ts';
import type { Status } from './status.ts';

/** Statuses in which a department may still be waiting for what it asked. */
const stillWaits: readonly Status[] = ['sent', 'received', 'waiting'];

const soonest = (one: AskedFor | undefined, dueDate: string | undefined): AskedFor => {
  const [first] = [one?.dueDate, dueDate].filter(day => day !== undefined).toSorted();
  return first === undefined ? {} : { dueDate: first };
};

/**
 * Whether the citizen is waited for after one more event. A request begins it; an answer, a file or a change ends it, and so
 * does a department that goes on without. That an answer is enough, only its department can judge: it asks again.
 */
export const waitsAfter = (
  { waitsFor }: Pick<CaseHeader, 'waitsFor'>,
  event: EventBody,
  actor: Actor,
): AskedFor | undefined => {
  if (event.type === 'request') return soonest(waitsFor, event.dueDate);
  if (event.type === 'status') return stillWaits.includes(event.status) ? waitsFor : undefined;
  const isAnswer = actor.kind === 'citizen' && ['message', 'attachment', 'amendment'].includes(event.type);
  return isAnswer ? undefined : waitsFor;
};
