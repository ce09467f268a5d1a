import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactField } from '../../../lambdas/domain/contact.ts';
import { readCode } from '../../../lambdas/domain/contact-change.ts';
import type { CodeOutcome, ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { ApiFailure, postCode, postConfirmation } from '../../client/api.ts';
import type fi from './fi.json';

export interface Wrong {
  readonly key: keyof typeof fi;
  readonly count?: number;
}

/** Why a code was not taken, in words; undefined where the call itself failed. */
const wrongOf = (failure: unknown): Wrong | undefined => {
  if (!(failure instanceof ApiFailure)) return undefined;
  if (failure.kind === 'code-expired') return { key: 'code.expired' };
  if (failure.kind !== 'code-wrong') return undefined;
  const count = Number(failure.problem.triesLeft ?? 0);
  return count === 0 ? { key: 'code.expired' } : { key: 'code.wrong', count };
};

const wasTooMany = (failure: unknown): boolean =>
  failure instanceof ApiFailure && failure.kind === 'too-many-codes';

export interface ConfirmationProperties {
  readonly field: ContactField;
  /** It is in use already, or else it is used once it is confirmed. */
  readonly isInUse: boolean;
  /** What became of the code that was sent a moment ago. */
  readonly outcome: CodeOutcome | undefined;
  readonly onConfirmed: (profile: ProfileAnswer) => void;
  /** Takes back the change. */
  readonly onDrop: () => Promise<void>;
}

export interface Confirmation {
  readonly state: 'open' | 'busy' | 'failed';
  /** Of the code that was sent last. */
  readonly outcome: CodeOutcome | undefined;
  /** A code has been asked for: there is something to type. */
  readonly isAsked: boolean;
  readonly code: string;
  readonly wrong: Wrong | undefined;
  readonly input: RefObject<HTMLInputElement | null>;
  type(code: string): void;
  /** Has a code sent, the first or another. */
  send(): void;
  confirm(): void;
  drop(): void;
}

/** Confirming an address by a code: one call at a time, and focus in the box whenever there is something to type. */
export const useConfirmation = (properties: ConfirmationProperties): Confirmation => {
  const { field, isInUse, onConfirmed, onDrop } = properties;
  const [outcome, setOutcome] = useState(properties.outcome);
  const [isAsked, setIsAsked] = useState(!isInUse);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<Wrong>();
  const [state, setState] = useState<'open' | 'busy' | 'failed'>('open');
  const input = useRef<HTMLInputElement>(null);
  const isFresh = useRef(properties.outcome !== undefined);
  // Who has just saved a new address, or asked for a code, goes on here.
  useEffect(() => {
    if (isAsked && isFresh.current) input.current?.focus();
  }, [isAsked]);

  const attempt = async (act: () => Promise<void>) => {
    if (state === 'busy') return;
    setState('busy');
    try {
      await act();
      setState('open');
    } catch {
      setState('failed');
    }
  };

  const send = () =>
    void attempt(async () => {
      setWrong(undefined);
      // What is said twice must come anew to be heard.
      setOutcome(undefined);
      isFresh.current = true;
      const answer = await postCode({ field }).catch(failure => {
        if (wasTooMany(failure)) return undefined;
        throw failure;
      });
      setOutcome(answer ? (answer.codes?.[field] ?? 'sent') : 'too-many');
      setIsAsked(true);
      input.current?.focus();
    });

  const refuse = (found: Wrong) => {
    setWrong(found);
    setOutcome(undefined);
    input.current?.focus();
  };

  const confirm = () => {
    const read = readCode(code);
    if (read === undefined) return refuse({ key: 'code.missing' });
    void attempt(async () => {
      const answer = await postConfirmation({ field, code: read }).catch(failure => {
        const found = wrongOf(failure);
        if (!found) throw failure;
        refuse(found);
        return undefined;
      });
      if (answer) onConfirmed(answer);
    });
  };

  const drop = () => void attempt(onDrop);
  return { state, outcome, isAsked, code, wrong, input, type: setCode, send, confirm, drop };
};
