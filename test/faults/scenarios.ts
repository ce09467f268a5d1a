import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { amendmentDraft } from '../../lambdas/domain/amendment.ts';
import { claimMs, hasPlace } from '../../lambdas/domain/course.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import type { SubmissionAnswer } from '../../lambdas/http/wire/cases.ts';
import { type Desk, now, type Person } from './desk.ts';
import { amendmentName, courseName } from './plants.ts';

/** What a schedule ends with, in a word each; empty where all is as it must be. */
export interface Findings {
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
}

/** A run of its own: a new person, and for courses and deliveries a form of their own. */
export interface Scenario {
  readonly name: string;
  /** `open`: a portal with these forms, in which nothing breaks. */
  prepare(open: (forms: readonly CompiledForm[]) => Desk): Promise<Run>;
}

export interface Run {
  readonly person: Person;
  readonly forms: readonly CompiledForm[];
  send(desk: Desk): Promise<SubmissionAnswer>;
  /** Looks at everything when all is over; `told` are the numbers anybody was told. */
  look(desk: Desk, told: readonly SubmissionAnswer[], settles: boolean): Promise<Findings>;
}

const compiled = (id: string, settings: object, withFile = false): CompiledForm => {
  const properties = {
    name: { type: 'string', title: 'Nimi' },
    ...(withFile && { map: { type: 'object', title: 'Kartta' } }),
  };
  const schema = {
    type: 'object',
    properties: { who: { type: 'object', title: 'Kuka', properties, required: ['name'] } },
  };
  const uiSchema = withFile ? { who: { map: { 'ui:field': 'atvFile' } } } : {};
  const { form, problems } = compileForm({ id, schema, uiSchema, settings });
  assert.ok(form, JSON.stringify(problems));
  return form;
};

const newPerson = (): Person => ({ owner: `o${randomUUID()}`, draft: randomUUID() });
const distinct = (told: readonly SubmissionAnswer[]) => new Set(told.map(({ caseNumber }) => caseNumber));
const when = (is: boolean, what: string): readonly string[] => (is ? [what] : []);

const file = {
  name: 'kartta.pdf',
  size: 3,
  type: 'application/pdf',
  sha256: 'ab'.repeat(32),
  state: 'uploaded',
} as const;

const fileAnswer = (id: string) => ({
  integrationID: id,
  fileName: file.name,
  fileType: 0,
  size: file.size,
  isNewAttachment: true,
  isDeliveredLater: false,
  isIncludedInOtherFile: false,
});

/** A draft with a file. */
const begin = async (desk: Desk, { owner, draft }: Person, form: CompiledForm, who: string) => {
  const name = { owner, id: draft };
  const id = randomUUID();
  const answers = { who: { name: who, map: fileAnswer(id) } };
  await desk.drafts.create(
    name,
    { form: form.id, formVersion: form.version, service: form.service, language: 'fi', page: 0, answers },
    now,
  );
  await desk.files.announce(name, { id, ...file }, now);
  return { id, answers };
};

const stored: Scenario = {
  name: 'a form with a file, begun as a draft',
  prepare: async open => {
    const form = compiled('lomake', {}, true);
    const person = newPerson();
    const name = { owner: person.owner, id: person.draft };
    const { id, answers } = await begin(open([form]), person, form, 'Maija');
    return {
      person,
      forms: [form],
      send: desk => desk.send(person, form, answers),
      look: async (desk, told) => {
        const headers = await desk.cases.all(person.owner);
        const opened = await Promise.all(headers.map(one => desk.cases.open(person.owner, one.caseNumber)));
        const records = await desk.files.records(name);
        const isKept = opened.every(
          one => one?.content.attachments[0]?.id === id && records[0]?.caseNumber === one.header.caseNumber,
        );
        return {
          lost: [
            ...when(headers.length === 0, 'case'),
            ...when(!isKept, 'file'),
            ...when((await desk.drafts.list(person.owner, now)).length > 0, 'end of the draft'),
            ...when(
              ![...distinct(told)].every(number => headers.some(one => one.caseNumber === number)),
              'number',
            ),
          ],
          duplicated: [...when(headers.length > 1, 'case'), ...when(distinct(told).size > 1, 'number')],
        };
      },
    };
  },
};

const neverStored: Scenario = {
  name: 'a form that is never stored',
  prepare: async () => {
    const form = compiled(`suostumus-${randomUUID()}`, { stored: false, consent: true });
    const person = newPerson();
    return {
      person,
      forms: [form],
      send: desk => desk.send(person, form, { who: { name: 'Maija' } }),
      look: async (desk, told) => {
        const waiting = await desk.deliveries(form.service);
        return {
          lost: [
            ...when(waiting.length === 0, 'delivery'),
            ...when(![...distinct(told)].every(number => waiting.includes(number)), 'number'),
          ],
          duplicated: [...when(waiting.length > 1, 'delivery'), ...when(distinct(told).size > 1, 'number')],
        };
      },
    };
  },
};

/** One place, three people: the first one's sending breaks, the others come after. Before them somebody gave up. */
const course: Scenario = {
  name: courseName,
  prepare: async open => {
    const form = compiled(`kurssi-${randomUUID()}`, { course: { places: 1, waitingList: 9 } });
    const person = newPerson();
    const answers = { who: { name: 'Maija' } };
    await open([form]).abandon(form);
    return {
      person,
      forms: [form],
      send: desk => desk.send(person, form, answers),
      look: async (desk, told, settles) => {
        const others = [newPerson(), newPerson()];
        const answered = [...told.slice(0, 1)];
        for (const other of others) answered.push(await desk.send(other, form, answers));
        if (settles) await desk.settling.settle(desk.courseOf(form), 1, now + 2 * claimMs);
        const everybody = [person, ...others];
        const granted = await Promise.all(
          everybody.map(async ({ owner }) => {
            const [header] = await desk.cases.all(owner);
            const opened = header && (await desk.cases.open(owner, header.caseNumber));
            const first = opened?.events[0];
            const has = first?.type === 'submitted' && first.place && hasPlace(first.place);
            return has || opened?.events.some(({ type }) => type === 'place') === true;
          }),
        );
        const count = granted.filter(Boolean).length;
        const headers = await desk.cases.all(person.owner);
        return {
          lost: [
            ...when(count < 1, 'place'),
            ...when(!granted[0] || told.some(({ place }) => place?.rank !== 2), 'turn'),
            ...when(headers.length === 0, 'case'),
            ...when(answered.length < 3, 'answer'),
          ],
          duplicated: [
            ...when(count > 1, 'place'),
            ...when(headers.length > 1, 'case'),
            ...when(distinct(told).size > 1, 'number'),
          ],
        };
      },
    };
  },
};

/** Of a case that was sent, another file and another name. */
const amendment: Scenario = {
  name: amendmentName,
  prepare: async open => {
    const form = compiled('muutettava', { amendment: ['sent'] }, true);
    const sender = newPerson();
    const { owner } = sender;
    const seed = open([form]);
    const first = await begin(seed, sender, form, 'Maija');
    const { caseNumber } = await seed.send(sender, form, first.answers);
    const person = { owner, draft: amendmentDraft(caseNumber, 1) };
    const next = await begin(seed, person, form, 'Matti');
    return {
      person,
      forms: [form],
      send: desk => desk.send(person, form, next.answers),
      look: async (desk, told) => {
        const headers = await desk.cases.all(owner);
        const opened = await desk.cases.open(owner, caseNumber);
        const changes = opened?.events.filter(({ type }) => type === 'amendment').length ?? 0;
        const [record] = await desk.files.records({ owner, id: person.draft });
        const { current, content } = opened ?? {};
        return {
          lost: [
            ...when(changes === 0 || !isDeepStrictEqual(current?.answers, next.answers), 'change'),
            ...when(!isDeepStrictEqual(content?.answers, first.answers), 'what was sent first'),
            ...when(current?.attachments[0]?.id !== next.id || record?.caseNumber !== caseNumber, 'file'),
            ...when((await desk.drafts.list(owner, now)).length > 0, 'end of the draft'),
            ...when(
              told.some(one => one.caseNumber !== caseNumber),
              'number',
            ),
          ],
          duplicated: [...when(changes > 1, 'change'), ...when(headers.length > 1, 'case')],
        };
      },
    };
  },
};

export const scenarios: readonly Scenario[] = [stored, neverStored, course, amendment];
