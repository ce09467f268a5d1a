/** A department system's command line, over the department API alone. */
import { parseArgs } from 'node:util';
import { isStatus, statuses } from '../../../lambdas/domain/status.ts';
import { dataFolder } from '../control.ts';
import { currentRun } from '../run-file.ts';
import { announced, bulletinBody, bulletinPath, bulletinRows } from './bulletins.ts';
import { type DepartmentClient, DepartmentRefusal, departmentClient, Unreachable } from './client.ts';
import { caseText, table } from './text.ts';
import { UsageError } from './usage.ts';

const help = `npm run department -- COMMAND [options]

  list [--service ID] [--status STATUS]      cases of the client's services
  show NUMBER                                everything about a case
  status NUMBER STATUS [--label-fi TEXT …]   sent received processing waiting solved closed cancelled rejected
  message NUMBER "TEXT"                      to the citizen, who may answer
  end NUMBER                                 ends the conversation, until the next message
  request NUMBER "TEXT" [--due 2026-12-24]   more information is needed
  decide NUMBER --title-fi TEXT "TEXT"       a decision; --title-sv and --title-en as well; how to appeal:
                                             --appeal-fi TEXT (-sv, -en) --appeal-url URL --appeal-by 2026-12-24
  deliveries                                 forms that are never stored in the folder
  delivery ID · acknowledge ID               fetched, then gone
  bulletin ID --from TIME --until TIME --fi TEXT --sv TEXT --en TEXT
                                             announced to everybody; TIME such as 2026-12-24T09:00+02:00
  bulletin ID --remove                       taken back at once
  bulletins                                  the client's own that have not ended

  --json           for machines
  --purpose TEXT   why cases are read; the citizen sees it
  --url, --token-endpoint, --client, --secret   where and as whom; by default the local portal's
                   (or DEPARTMENT_URL, DEPARTMENT_TOKEN_ENDPOINT, DEPARTMENT_CLIENT, DEPARTMENT_SECRET)
  PORT, PORTAL_DATA   of the local portal`;

const string = { type: 'string' } as const;
const options = {
  ...{ service: string, status: string, due: string, purpose: string },
  ...{ 'label-fi': string, 'label-sv': string, 'label-en': string },
  ...{ 'title-fi': string, 'title-sv': string, 'title-en': string },
  ...{ 'appeal-fi': string, 'appeal-sv': string, 'appeal-en': string },
  ...{ 'appeal-url': string, 'appeal-by': string },
  ...{ url: string, 'token-endpoint': string, client: string, secret: string },
  ...{ from: string, until: string, fi: string, sv: string, en: string },
  remove: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/[.\n]/)[0]);
  }
};

type Flags = ReturnType<typeof readArguments>['values'];

type Ask = (api: DepartmentClient) => Promise<unknown>;

interface Command {
  readonly takes: readonly string[];
  /** What is asked of the API; throws UsageError before anything is. */
  plan(words: readonly string[], flags: Flags): Ask;
  print(answer: unknown): string;
}

/** A text in three languages from flags; one that was not given is as the Finnish. */
const inThree = (flags: Flags, name: 'label' | 'title' | 'appeal') => {
  const fi = flags[`${name}-fi`];
  return fi === undefined ? undefined : { fi, sv: flags[`${name}-sv`] ?? fi, en: flags[`${name}-en`] ?? fi };
};

const casePath = (number = '', ...rest: string[]): string =>
  ['cases', encodeURIComponent(number), ...rest].join('/');
const deliveryPath = (id = '', ...rest: string[]): string =>
  ['deliveries', encodeURIComponent(id), ...rest].join('/');

const recorded = (answer: unknown): string => {
  const { event, revision } = answer as { event?: { sequence?: number }; revision?: number };
  return `Event ${event?.sequence ?? '?'} recorded; the case is at revision ${revision ?? '?'}.`;
};

/** A command that adds one event to a case. */
const adding = (
  what: string,
  event: (said: string | undefined, flags: Flags) => Record<string, unknown>,
): Command => ({
  takes: ['NUMBER', what],
  plan: ([number, said], flags) => {
    const body = event(said, flags);
    return api => api.post(casePath(number, 'events'), body);
  },
  print: recorded,
});

const decision = (said: string | undefined, flags: Flags) => {
  const title = inThree(flags, 'title');
  if (!title) throw new UsageError('decide needs --title-fi TEXT');
  const appeal = appealFrom(flags);
  return { type: 'decision', title, text: said, ...(Object.keys(appeal).length > 0 && { appeal }) };
};

const appealFrom = (flags: Flags) => {
  const instructions = inThree(flags, 'appeal');
  const { 'appeal-url': url, 'appeal-by': dueDate } = flags;
  return { ...(instructions && { instructions }), ...(url && { url }), ...(dueDate && { dueDate }) };
};

const listed = (columns: Readonly<Record<string, string>>) => (answer: unknown) => {
  const rows = answer as Record<string, unknown>[];
  return rows.length === 0 ? 'None.' : table(rows, columns);
};

const demandStatus = (status: string | undefined): void => {
  if (status !== undefined && !isStatus(status))
    throw new UsageError(`${status} is no status; a case can be ${statuses.join(', ')}`);
};

const commands: Readonly<Record<string, Command>> = {
  list: {
    takes: [],
    plan: (_, { service, status }) => {
      demandStatus(status);
      return api => api.all('cases', { service, status });
    },
    print: listed({
      caseNumber: 'CASE',
      service: 'SERVICE',
      status: 'STATUS',
      submittedAt: 'SENT',
      revision: 'REVISION',
    }),
  },
  show: {
    takes: ['NUMBER'],
    plan:
      ([number]) =>
      api =>
        api.get(casePath(number)),
    print: caseText,
  },
  status: adding('STATUS', (status, flags) => {
    demandStatus(status);
    const label = inThree(flags, 'label');
    return { type: 'status', status, ...(label && { label }) };
  }),
  message: adding('"TEXT"', text => ({ type: 'message', text })),
  end: {
    ...adding('', () => ({ type: 'conversation-closed' })),
    takes: ['NUMBER'],
  },
  request: adding('"TEXT"', (text, { due }) => ({ type: 'request', text, ...(due && { dueDate: due }) })),
  decide: adding('"TEXT"', decision),
  deliveries: {
    takes: [],
    plan: () => api => api.all('deliveries'),
    print: listed({ id: 'DELIVERY', service: 'SERVICE', submittedAt: 'SENT' }),
  },
  delivery: {
    takes: ['ID'],
    plan:
      ([id]) =>
      api =>
        api.get(deliveryPath(id)),
    print: caseText,
  },
  acknowledge: {
    takes: ['ID'],
    plan:
      ([id]) =>
      api =>
        api.post(deliveryPath(id, 'acknowledgement')),
    print: () => 'Acknowledged: it is no longer kept.',
  },
  bulletin: {
    takes: ['ID'],
    plan: ([id], flags) => {
      if (flags.remove) return api => api.remove(bulletinPath(id));
      const body = bulletinBody(flags);
      return api => api.put(bulletinPath(id), body);
    },
    print: announced,
  },
  bulletins: {
    takes: [],
    plan: () => api => api.all('bulletins'),
    print: answer =>
      listed({ id: 'BULLETIN', from: 'FROM', until: 'UNTIL', text: 'TEXT' })(bulletinRows(answer)),
  },
};

/** Flags first, then the environment, then the local portal that runs with this data folder. */
const accessFrom = (flags: Flags, env: NodeJS.ProcessEnv) => {
  const run = env.PORT ? undefined : currentRun(dataFolder());
  const port = Number(env.PORT || (run?.port ?? 3000));
  const identityPort = run?.identityPort ?? port + 1;
  return {
    url: flags.url ?? env.DEPARTMENT_URL ?? `http://localhost:${port}`,
    tokenEndpoint:
      flags['token-endpoint'] ?? env.DEPARTMENT_TOKEN_ENDPOINT ?? `http://127.0.0.1:${identityPort}/token`,
    client: flags.client ?? env.DEPARTMENT_CLIENT ?? 'local-department',
    secret: flags.secret ?? env.DEPARTMENT_SECRET ?? 'local-secret',
    purpose: flags.purpose ?? 'Asian hoitaminen',
  };
};

/** Which command with what; throws UsageError. Undefined: help is wanted. */
const understand = (args: readonly string[]) => {
  const { values: flags, positionals } = readArguments(args);
  const [name, ...words] = positionals;
  if (flags.help || name === 'help') return undefined;
  const command = name === undefined ? undefined : commands[name];
  if (!command) throw new UsageError(name === undefined ? 'a command is needed' : `unknown command ${name}`);
  if (words.length !== command.takes.length) {
    throw new UsageError(`${name} takes ${command.takes.join(' ') || 'nothing more'}`);
  }
  return { ask: command.plan(words, flags), flags, print: command.print };
};

const lineOf = (error: unknown): string => {
  if (error instanceof UsageError) return `${error.message} (see npm run department -- --help)`;
  if (error instanceof Unreachable) return `No portal answers at ${error.message}: start it with npm start.`;
  return error instanceof DepartmentRefusal ? error.message : String((error as Error).stack);
};

export interface Outcome {
  /** 0 done, 1 refused, 2 not understood or nobody there. */
  readonly code: 0 | 1 | 2;
  readonly output?: string;
  /** One line. */
  readonly error?: string;
}

/** Runs one command line (`args` without the program's name). */
export const runDepartment = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> => {
  try {
    const call = understand(args);
    if (!call) return { code: 0, output: help };
    const answer = await call.ask(await departmentClient(accessFrom(call.flags, env)));
    return { code: 0, output: call.flags.json ? JSON.stringify(answer, null, 2) : call.print(answer) };
  } catch (error) {
    const code = error instanceof UsageError || error instanceof Unreachable ? 2 : 1;
    return { code, error: lineOf(error) };
  }
};
