import type { CaseAttachment } from '../domain/case.ts';
import { citizenMessage, replyDraft } from '../domain/department-event.ts';
import { conversation, isFlooding, replyLimit } from '../domain/folder.ts';
import { refuse } from '../domain/refusal.ts';
import { actorIn } from '../domain/session.ts';
import { type Answer, created, noContent } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { idempotencyKey } from '../http/preconditions.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import { openName } from '../storage/attachment-rows.ts';
import type { CaseEvents, NewEvent } from '../storage/case-events.ts';
import type { ReplyDrafts } from '../storage/reply-drafts.ts';
import {
  type CaseAttachmentsDependencies,
  type HandingOverDependencies,
  handOver,
  type Place,
  placeToAct,
} from './attachments.ts';

export interface ReplyDependencies
  extends HandingOverDependencies,
    Pick<CaseAttachmentsDependencies, 'cases' | 'prefix'> {
  readonly events: CaseEvents;
  readonly drafts: ReplyDrafts;
}

/** An official has started and nobody has ended it (R8.1), judged on the case as it is when the answer is added. */
const mayReply =
  (now: number): NewEvent['judge'] =>
  async ({ status }, past) => {
    const events = await past();
    const state = conversation(status, events);
    if (state === 'not-started') refuse({ kind: 'conversation-not-started' });
    if (state === 'closed') refuse({ kind: 'conversation-closed' });
    if (isFlooding(events, now)) refuse({ kind: 'too-many-messages', limit: replyLimit });
    return status;
  };

type Named = Pick<CaseAttachment, 'id' | 'name'>;

/** Before the answer that names them: it never names a file that did not come, and none goes with an answer that may not. */
const handOverAll = async (
  ids: readonly string[],
  place: Place,
  now: number,
  dependencies: ReplyDependencies,
): Promise<readonly Named[]> => {
  const demand = ({ opened: { header, events } }: Place) => mayReply(now)(header, async () => events);
  const files: Named[] = [];
  for (const id of new Set(ids)) {
    const file = await handOver(place, id, dependencies, now, demand);
    files.push({ id, name: await openName(dependencies.sealer, file) });
  }
  return files;
};

/** An answer, with its files; the draft of it goes in the same transaction. */
const reply = async (request: CitizenRequest, dependencies: ReplyDependencies): Promise<Answer> => {
  const { now, session } = request;
  const { owner, person } = session;
  const key = idempotencyKey(request);
  const { text, attachments: ids } = parse(citizenMessage, request.body);
  const place = await placeToAct(request, dependencies);
  const { caseNumber } = place;
  const attachments = await handOverAll(ids, place, now, dependencies);
  const receipt = await dependencies.events.add({
    owner,
    caseNumber,
    key,
    body: { type: 'message', text, ...(attachments.length > 0 && { attachments }) },
    actor: actorIn(session),
    now,
    judge: mayReply(now),
    tell: false,
    // Whether there is one, the case as it was read may not know yet.
    along: [dependencies.drafts.removal({ owner, person, caseNumber })],
  });
  return created(receipt);
};

/** Keeps an answer that is not finished, for whoever writes it only; an empty one is not kept. */
const saveDraft = async (request: CitizenRequest, dependencies: ReplyDependencies): Promise<Answer> => {
  const { text } = parse(replyDraft, request.body);
  const { caseNumber, opened } = await placeToAct(request, dependencies);
  const { owner, person } = request.session;
  const whose = { owner, person, caseNumber };
  if (text.trim() === '') await dependencies.drafts.remove(whose);
  else if (conversation(opened.header.status, opened.events) === 'open')
    await dependencies.drafts.save(whose, { text, savedAt: request.now });
  else refuse({ kind: 'conversation-closed' });
  return noContent();
};

/** Answers to officials (R8): sent, and kept while they are written. */
export const serveReplies = (dependencies: ReplyDependencies) =>
  routes<CitizenRequest>({
    'POST /api/cases/{caseNumber}/messages': request => reply(request, dependencies),
    'PUT /api/cases/{caseNumber}/messages/draft': request => saveDraft(request, dependencies),
  });
