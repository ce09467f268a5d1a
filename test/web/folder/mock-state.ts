/** What the mock portal knows: in the test’s hands. */
import type { IncomingMessage } from 'node:http';
import type { ReadingAnswer, SignInAnswer } from '../../../lambdas/http/wire/access-log.ts';
import type { CaseAttachmentsAnswer } from '../../../lambdas/http/wire/attachments.ts';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import type { DraftAnswer, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import type { BulletinAnswer, ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import type { SessionAnswer } from '../../../lambdas/http/wire/session.ts';

export interface Heard {
  readonly route: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

export interface MockState {
  session: SessionAnswer;
  profile: ProfileAnswer;
  services: ServiceSummary[];
  /** None when absent. */
  bulletins?: BulletinAnswer[];
  /** None when absent. */
  readings?: ReadingAnswer[];
  signIns?: SignInAnswer[];
  drafts: DraftSummary[];
  /** Those a form can go on with; none when absent. Nothing is saved. */
  begun?: DraftAnswer[];
  cases: CaseAnswer[];
  form: unknown;
  /** Files being added to a case; none when absent. */
  added?: CaseAttachmentsAnswer['items'];
  /** Routes that answer 503 now: `GET /api/cases`. */
  failing: Set<string>;
  /** Every unsafe call, oldest first. */
  heard: Heard[];
}

export const problem = (status: number, kind: string, more: object = {}): [number, unknown] => [
  status,
  { type: `/problems/${kind}`, title: kind, status, ...more },
];
