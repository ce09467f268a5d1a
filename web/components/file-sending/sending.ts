/**
 * Takes files to the server (R6.6): judged, announced, sent, tried again; each at its own pace, two at a time. Fetched
 * when there is a file to send: a picker alone does without.
 */
import { beginsAs, headBytes, nameByContent } from '../../../lambdas/domain/file-heads.ts';
import { typeOfName } from '../../../lambdas/domain/file-types.ts';
import type { AttachmentAnswer, CaseAttachmentRequest } from '../../../lambdas/http/wire/attachments.ts';
import { ApiFailure } from '../../client/api.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import type fi from './fi.json';
import { kilobytes } from './file-size.ts';
import { persist } from './persist.ts';
import { sendFile, sha256, UploadFailure } from './upload.ts';

type Key = keyof typeof fi;

/** A file on its way: neither among the answers yet, nor lost; or one that was not taken, until somebody has seen why. */
export interface Upload {
  readonly key: string;
  /** Where it belongs: of a form, the field's pointer. */
  readonly pointer: string;
  /** Undefined of one that had arrived and was refused then. */
  readonly file?: File;
  /** Bytes. */
  readonly size: number;
  /** Its own, or with the ending of its kind where it had none. */
  readonly name: string;
  /** 0 to 1; undefined while it waits for its turn. */
  readonly progress?: number;
  /** The connection has broken; it starts again by itself. */
  readonly isInterrupted?: boolean;
  /** Why it did not arrive, as a text; undefined while it is under way. */
  readonly failure?: string;
  /** It never will: trying again would not help. */
  readonly isUnfit?: true;
}

/** One that is to be sent. */
export type Sendable = Upload & { readonly file: File };

export interface Arrived {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** Whom files are sent for, and what is taken there. */
export interface Sender {
  readonly pointer: string;
  readonly maximumBytes: number;
  /** Without the dot. */
  readonly extensions: readonly string[];
  readonly setUploads: (change: (uploads: readonly Upload[]) => readonly Upload[]) => void;
  /** Rejects with ApiFailure. */
  readonly announce: (file: CaseAttachmentRequest) => Promise<AttachmentAnswer>;
  readonly remove: (id: string) => Promise<void>;
  readonly arrived: (file: Arrived) => void;
}

/** The browser forgets an upload with its page: each can be stopped only here. */
const controllers = new Map<string, AbortController>();

const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault();
const begin = (key: string): AbortSignal => {
  if (controllers.size === 0) addEventListener('beforeunload', askBeforeLeaving);
  const controller = new AbortController();
  controllers.set(key, controller);
  return controller.signal;
};
const end = (key: string): void => {
  controllers.delete(key);
  if (controllers.size === 0) removeEventListener('beforeunload', askBeforeLeaving);
};

const set = ({ setUploads }: Sender, key: string, change: Partial<Upload> | undefined): void =>
  setUploads(all => all.flatMap(one => (one.key !== key ? [one] : change ? [{ ...one, ...change }] : [])));

const failureKey = (error: unknown): Key => {
  if (!(error instanceof ApiFailure)) return 'files.failed';
  if (error.kind === 'too-many-attachments') return 'files.tooMany';
  if (error.kind === 'attachments-not-taken') return 'files.notTaken';
  return error.errors.some(({ pointer }) => pointer === '/type') ? 'files.wrongType' : 'files.failed';
};

/** Why a file need not even be tried; by what it is, not by what it is called. */
const unfitness = async (
  { maximumBytes, extensions }: Sender,
  { file, name }: Pick<Sendable, 'file' | 'name'>,
): Promise<Key | undefined> => {
  if (file.size > maximumBytes) return 'files.tooLarge';
  if (file.size === 0) return 'files.empty';
  const type = typeOfName(name);
  if (type === undefined || !extensions.some(extension => typeOfName(`.${extension}`) === type))
    return 'files.wrongType';
  return beginsAs(type, await headOf(file)) ? undefined : 'files.otherContent';
};

const headOf = async (file: File): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, headBytes).arrayBuffer());

/** Milliseconds an invitation is used for; it is over after fifteen minutes. */
const invitationMs = 10 * 60_000;

/** One file until it is there. Whatever was announced and not used is taken back. */
const deliver = async (
  sender: Sender,
  { key, file, name }: Sendable,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<string> => {
  const request = { name, size: file.size, type: typeOfName(name) ?? '', sha256: await sha256(file) };
  let invited: { readonly answer: AttachmentAnswer; readonly at: number } | undefined;
  const forget = () => {
    if (invited) void sender.remove(invited.answer.attachment.id).catch(() => undefined);
    invited = undefined;
  };
  const attempt = async (): Promise<string> => {
    signal.throwIfAborted();
    if (invited && Date.now() - invited.at > invitationMs) forget();
    invited ??= { answer: await sender.announce(request), at: Date.now() };
    const { attachment, upload } = invited.answer;
    set(sender, key, { isInterrupted: false, progress: 0 });
    try {
      await sendFile(upload, file, signal, onProgress);
    } catch (error) {
      if (error instanceof UploadFailure && error.isRefused) forget();
      throw error;
    }
    return attachment.id;
  };
  try {
    return await persist(attempt, signal, () => {
      set(sender, key, { isInterrupted: true, progress: 0 });
      announce(texts<Key>()('files.interrupted', { name }));
    });
  } catch (error) {
    forget();
    throw error;
  }
};

/** Says how far it is at each quarter, and not more often than one can listen to. */
const spoken = (name: string): ((share: number) => void) => {
  let quarter = 0;
  let at = Date.now();
  return share => {
    const next = Math.floor(share * 4);
    if (next <= quarter || next === 4 || Date.now() - at < 3_000) return;
    quarter = next;
    at = Date.now();
    announce(texts<Key>()('files.progress', { name, percent: next * 25 }));
  };
};

/** Phones have little memory, and two uploads fill most connections. */
const atOnce = 2;
let running = 0;
const queue: (() => void)[] = [];
const turn = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  if (running >= atOnce) await new Promise<void>(resolve => queue.push(resolve));
  running += 1;
  try {
    return await run();
  } finally {
    running -= 1;
    queue.shift()?.();
  }
};

const send = async (sender: Sender, upload: Sendable, signal: AbortSignal): Promise<void> => {
  const { key, name, file } = upload;
  const t = texts<Key>();
  const speak = spoken(name);
  try {
    const id = await turn(() =>
      deliver(sender, upload, signal, progress => {
        set(sender, key, { progress });
        speak(progress);
      }),
    );
    set(sender, key, undefined);
    announce(t('files.arrived', { name }));
    sender.arrived({ id, name, size: file.size });
  } catch (error) {
    set(sender, key, signal.aborted ? undefined : { isInterrupted: false, failure: t(failureKey(error)) });
  }
};

/** Judged first. A file that cannot be read (gone meanwhile, or a folder) has no head. */
const add = async (sender: Sender, upload: Sendable, signal: AbortSignal): Promise<void> => {
  const { key, file } = upload;
  const t = texts<Key>();
  try {
    const name = nameByContent(file.name, await headOf(file)) ?? file.name;
    const unfit = await unfitness(sender, { file, name });
    const megabytes = kilobytes(sender.maximumBytes, pageLanguage());
    const failure = unfit && t(unfit, { megabytes, ending: name.split('.').at(-1) ?? '' });
    set(sender, key, { name, ...(failure && { failure, isUnfit: true }) });
    if (!failure) await send(sender, { ...upload, name }, signal);
  } catch {
    set(sender, key, { failure: t('files.unreadable'), isUnfit: true });
  } finally {
    end(key);
  }
};

/** Uploads that are shown already. Each can be stopped from now on. */
export const sendFiles = (sender: Sender, uploads: readonly Sendable[]): void => {
  for (const upload of uploads) void add(sender, upload, begin(upload.key));
};

/** Stops an upload, or takes away one that failed. */
export const dismiss = (sender: Sender, { key, name }: Upload): void => {
  const controller = controllers.get(key);
  controller?.abort();
  if (controller) announce(texts<Key>()('files.cancelled', { name }));
  set(sender, key, undefined);
};

export const retry = (sender: Sender, upload: Sendable): void => {
  const { failure: _, progress: __, ...again } = upload;
  sender.setUploads(all => all.map(one => (one.key === upload.key ? again : one)));
  sendFiles(sender, [again]);
};
