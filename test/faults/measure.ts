/** Every way a sending can break, each followed by what a person does then: sends again. */
import { desk } from './desk.ts';
import { type Break, breaks, type Client, fuse } from './fuse.ts';
import { type Plant, plants } from './plants.ts';
import { type Findings, type Scenario, scenarios } from './scenarios.ts';

export interface Faults {
  /** How many were played. */
  readonly schedules: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Nothing that is sent here is unavoidably doubled: the draft is its own proof. */
  readonly unavoidable: number;
  /** Mistakes that were planted, and how many the schedules have found. */
  readonly planted: number;
  readonly plantedFound: number;
  /** What was found, for whoever reads it; empty. */
  readonly findings: readonly string[];
}

interface Schedule {
  readonly scenario: Scenario;
  readonly kind: Break;
  readonly nth: number;
  /** A second window sends the same at the same moment. */
  readonly twice: boolean;
}

interface Played {
  /** The call at which it was to break did come. */
  readonly broke: boolean;
  readonly findings: Findings;
}

const play = async (client: Client, schedule: Schedule, plant?: Plant): Promise<Played> => {
  const { scenario, kind, nth, twice } = schedule;
  const run = await scenario.prepare(forms => desk(client, forms));
  const cable = fuse(kind, nth);
  const at = (given?: typeof cable) => desk(client, run.forms, given, plant);
  const first = await Promise.allSettled([run.send(at(cable)), ...(twice ? [run.send(at())] : [])]);
  const again = await Promise.allSettled([run.send(at())]);
  const told = [...first, ...again].flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
  const isRefused = again[0].status === 'rejected';
  const seen = await run.look(desk(client, run.forms), told, !plant?.neverSettles);
  const findings = { ...seen, lost: [...seen.lost, ...(isRefused ? ['answer'] : [])] };
  return { broke: cable.blown(), findings };
};

/** Which breaks are played: by one window alone, and beside a second one. */
export interface Depth {
  readonly alone: readonly Break[];
  readonly beside: readonly Break[];
}
export const everything: Depth = { alone: breaks, beside: breaks };
/** The first four differ in what comes after them; these two of them leave the least and the most behind. */
export const essential: Depth = { alone: ['ended', 'unanswered', 'repeated'], beside: ['unanswered'] };

/** All schedules of a scenario: each break at each call, until there are no more calls. */
async function* schedules(
  client: Client,
  scenario: Scenario,
  depth: Depth,
  plant?: Plant,
): AsyncGenerator<{ readonly schedule: Schedule; readonly findings: Findings }> {
  for (const twice of plant?.seenBeside ? [true, false] : [false, true])
    for (const kind of twice ? depth.beside : depth.alone)
      for (let nth = 1; ; nth++) {
        const schedule = { scenario, kind, nth, twice };
        const { broke, findings } = await play(client, schedule, plant);
        if (!broke) break;
        yield { schedule, findings };
      }
}

const isBad = ({ lost, duplicated }: Findings): boolean => lost.length + duplicated.length > 0;

const isFound = async (client: Client, depth: Depth, plant: Plant): Promise<boolean> => {
  const likely = scenarios.filter(({ name }) => name === plant.seenIn);
  for (const scenario of new Set([...likely, ...scenarios]))
    for await (const { findings } of schedules(client, scenario, depth, plant))
      if (isBad(findings)) return true;
  return false;
};

const inWords = ({ scenario, kind, nth, twice }: Schedule, { lost, duplicated }: Findings): string =>
  `${scenario.name}, ${kind} at call ${nth}${twice ? ', two windows' : ''}: lost ${lost.join(', ') || 'nothing'}, doubled ${duplicated.join(', ') || 'nothing'}`;

/** Over a DynamoDB Local with the portal's tables (`test/storage/dynamodb-local.ts`). */
export const measureFaults = async (client: Client, depth = everything): Promise<Faults> => {
  let [count, lost, duplicated] = [0, 0, 0];
  const findings: string[] = [];
  for (const scenario of scenarios)
    for await (const played of schedules(client, scenario, depth)) {
      count += 1;
      lost += Number(played.findings.lost.length > 0);
      duplicated += Number(played.findings.duplicated.length > 0);
      if (isBad(played.findings)) findings.push(inWords(played.schedule, played.findings));
    }
  const found: boolean[] = [];
  for (const plant of plants) {
    const isSeen = await isFound(client, depth, plant);
    if (!isSeen) findings.push(`not found: ${plant.name}`);
    found.push(isSeen);
  }
  return {
    schedules: count,
    lost,
    duplicated,
    unavoidable: 0,
    planted: plants.length,
    plantedFound: found.filter(Boolean).length,
    findings,
  };
};
