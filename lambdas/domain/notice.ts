import type { EpochMs } from './case.ts';

/**
 * What became of an e-mail or text message that told of news in a case. Of a text message no more is known than that
 * it was sent; an e-mail's carrier tells whether it came to the mailbox.
 */
export const noticeOutcomes = ['sent', 'delayed', 'delivered', 'failed'] as const;
export type NoticeOutcome = (typeof noticeOutcomes)[number];

export interface Notice {
  readonly at: EpochMs;
  readonly channel: 'email' | 'sms';
  readonly outcome: NoticeOutcome;
}

/** Outcomes that one may follow: word of a message comes in any order, and the last thing that can be is that it failed. */
export const outcomesBefore = (outcome: NoticeOutcome): readonly NoticeOutcome[] =>
  noticeOutcomes.slice(0, noticeOutcomes.indexOf(outcome));
