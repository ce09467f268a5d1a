/** A process that breaks at its n-th call to anything outside it: DynamoDB, KMS, S3. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Client = Pick<DynamoDBDocumentClient, 'send'>;

/**
 * `failed`: the call was not done; `unanswered`: it was, and nobody heard of it. After both the process goes on.
 * `ended` and `endedAfter` are the same, but the process is gone with it. `repeated`: it was done, its answer was lost,
 * and the SDK has sent it once more by itself: what the process hears is the second one's answer.
 */
export const breaks = ['failed', 'unanswered', 'ended', 'endedAfter', 'repeated'] as const;
export type Break = (typeof breaks)[number];

export interface Fuse {
  call<Result>(act: () => Promise<Result>): Promise<Result>;
  /** Whether there was such a call. */
  readonly blown: () => boolean;
}

/** What a broken connection throws; nothing in the portal may take it for an answer. */
export class Broken extends Error {
  constructor() {
    super('the connection broke');
  }
}

export const fuse = (kind: Break, nth: number): Fuse => {
  let calls = 0;
  const isOver = () => calls > nth && kind.startsWith('ended');
  return {
    blown: () => calls >= nth,
    call: async act => {
      calls += 1;
      if (isOver()) throw new Broken();
      if (calls !== nth) {
        const result = await act();
        // What was under way when the process ended is done, and nobody is there to hear of it.
        if (isOver()) throw new Broken();
        return result;
      }
      if (kind !== 'failed' && kind !== 'ended') await act();
      if (kind === 'repeated') return act();
      throw new Broken();
    },
  };
};

/** Never breaks. */
export const wire: Fuse = { call: act => act(), blown: () => false };

export const through = (client: Client, { call }: Fuse): Client => ({
  send: ((command: never) => call(() => client.send(command))) as Client['send'],
});
