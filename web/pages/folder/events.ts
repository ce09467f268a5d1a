import type { EventBody } from '../../../lambdas/domain/case.ts';
import type { CitizenEvent } from '../../../lambdas/http/wire/cases.ts';

type Type = EventBody['type'];
export type EventOf<Kind extends Type> = Extract<CitizenEvent, { readonly type: Kind }>;

/** The events of one type, oldest first. */
export const eventsOf = <Kind extends Type>(events: readonly CitizenEvent[], type: Kind): EventOf<Kind>[] =>
  events.filter((event): event is EventOf<Kind> => event.type === type);
