import { refuse } from '../domain/refusal.ts';
import { type Answer, fitsAnswer, noContent, ok } from '../http/answer.ts';
import { type CollectDependencies, collect } from '../my-data/collect.ts';
import type { AccessLog } from '../storage/access-log.ts';
import { type Subjects, subjectKeyOf } from '../storage/subjects.ts';
import type { GdprRequest } from './access.ts';
import { type Node, toNode } from './node.ts';

export interface QueryDependencies extends CollectDependencies {
  readonly subjects: Pick<Subjects, 'find'>;
  readonly issuer: string;
  readonly log: Pick<AccessLog, 'addReading'>;
}

/** As the person is told who has read it all: they have asked there, by this contract. */
const reader = { kind: 'profile-system', name: 'GDPR API' } as const;

/** Root of the tree: this service. */
const root = 'asiointi';

/**
 * `GET /gdpr-api/v1/profiles/{id}`: all data of the person, 204 where there is none. Who identified too weakly for this
 * portal is told that, and not a word of the data. That all was read is written down before it is told.
 */
export const queryProfile = async (
  { subject, isStrong, now }: GdprRequest,
  dependencies: QueryDependencies,
): Promise<Answer> => {
  const known = await dependencies.subjects.find(subjectKeyOf(dependencies.issuer, subject));
  if (!known) return noContent();
  const weak: Node = { key: root.toUpperCase(), error: 'Insufficient authentication level to read data' };
  if (!isStrong) return ok(weak);
  const { owner } = known;
  const data = await collect({ owner, person: owner }, now, dependencies);
  if (!data) return noContent();
  const tree = toNode(root, data);
  if (!fitsAnswer(JSON.stringify(tree))) return refuse({ kind: 'answer-too-large' });
  await dependencies.log.addReading({ at: now, owner, by: reader, what: 'everything' });
  return ok(tree);
};
