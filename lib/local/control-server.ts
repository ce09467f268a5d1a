/** The controls of the running portal, under `/local/` of the identification provider's port; for this machine's user only. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, readMoment } from './clock.ts';
import type { DigestOutcome } from './control.ts';
import type { MandateChange } from './engines/mandates.ts';
import type { DeliveredMessage } from './engines/message.ts';
import { type ScanMode, scanModes } from './engines/scanner.ts';
import { answerJson, readBody } from './engines/server.ts';
import type { Consumption, Meter } from './meter.ts';

export interface Controls {
  readonly clock: Clock;
  readonly token: string;
  readonly meter: Meter | undefined;
  mailbox(): readonly DeliveredMessage[];
  /** Rejects with the function's error; undefined where there is no such function. */
  invoke(name: string, event: unknown): Promise<unknown> | undefined;
  digest(at: number): Promise<DigestOutcome>;
  importRegister(text: Buffer, replace: boolean): Promise<unknown>;
  /** Changes what the register of mandates says, or whether it says anything. */
  mandates(change: MandateChange): void;
  /** What the malware scanner does from now on; answers how many files it holds. */
  scanner(mode: ScanMode): number;
}

/** The message is for the person at the terminal. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const isAllowed = (request: IncomingMessage, token: string): boolean => {
  const given = Buffer.from(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const moment = (text: unknown, now: number): number | undefined => {
  try {
    return readMoment(String(text), now);
  } catch (error) {
    throw new Refused(400, (error as Error).message);
  }
};

const moveClock = (controls: Controls, to: unknown): unknown => {
  controls.clock.set(moment(to, controls.clock.now()));
  return { now: new Date(controls.clock.now()).toISOString() };
};

const parse = (body: Buffer): Record<string, unknown> => {
  try {
    return JSON.parse(body.toString() || '{}') as Record<string, unknown>;
  } catch {
    throw new Refused(400, 'the body is no JSON');
  }
};

const invoke = async (controls: Controls, name: string, event: unknown): Promise<unknown> => {
  const result = controls.invoke(name, event);
  if (result === undefined) throw new Refused(404, `there is no function ${name}`);
  return { result: (await result) ?? null };
};

const takeConsumption = ({ meter }: Controls): Consumption => {
  if (!meter) throw new Refused(404, 'the portal was started without PORTAL_METER=1');
  return meter.take();
};

const setScanner = (controls: Controls, wanted: unknown): unknown => {
  const mode = scanModes.find(one => one === wanted);
  if (!mode) throw new Refused(400, `the scanner can ${scanModes.join(', ')}`);
  return { mode, held: controls.scanner(mode) };
};

const act = async (controls: Controls, method: string, path: string, body: Buffer): Promise<unknown> => {
  const invoked = /^invoke\/([\w-]+)$/.exec(path)?.[1];
  if (method === 'GET' && path === 'mailbox') return controls.mailbox();
  if (method !== 'POST') throw new Refused(404, 'unknown control');
  if (invoked !== undefined) return invoke(controls, invoked, parse(body));
  if (path === 'clock') return moveClock(controls, parse(body).to);
  if (path === 'digest')
    return controls.digest(moment(parse(body).at, controls.clock.now()) ?? controls.clock.now());
  if (path === 'scanner') return setScanner(controls, parse(body).mode);
  if (path === 'mandates') {
    controls.mandates(parse(body));
    return {};
  }
  if (path === 'consumption') return takeConsumption(controls);
  if (path === 'import' || path === 'import/replace')
    return { result: (await controls.importRegister(body, path !== 'import')) ?? null };
  throw new Refused(404, 'unknown control');
};

/** Answers a request under `/local/`. */
export const serveControls =
  (controls: Controls) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://local').pathname.replace('/local/', '');
    try {
      if (!isAllowed(request, controls.token)) throw new Refused(401, 'not without the token in run.json');
      answerJson(
        response,
        200,
        await act(controls, request.method ?? 'GET', path, await readBody(request, 64 * 1024 * 1024)),
      );
    } catch (error) {
      const status = error instanceof Refused ? error.status : 502;
      answerJson(response, status, { error: (error as Error).message.split('\n')[0] });
    }
  };
