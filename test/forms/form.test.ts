import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileForm, versionOf } from '../../lambdas/domain/forms/compile.ts';
import { carriedOver } from '../../lambdas/domain/forms/migrate.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { serveForms } from '../../lambdas/forms/form.ts';
import { publishForm } from '../../lambdas/forms/publish.ts';
import { api } from '../../lambdas/http/api.ts';
import { forms } from '../../lambdas/storage/forms.ts';
import type { LiveDraft } from '../../lambdas/storage/live-drafts.ts';
import { call, environment } from '../http/call.ts';

const compile = (title: string): CompiledForm => {
  const schema = {
    type: 'object',
    title,
    properties: { page: { type: 'object', properties: { a: { type: 'string' } } } },
  };
  const settings = {
    application_open: '2026-01-01T00:00:00',
    application_close: '2026-12-31T23:59:59',
    service: 'koe',
  };
  const { form } = compileForm({ id: 'koe-lomake', schema, settings });
  assert.ok(form);
  return form;
};

/** A bucket in memory, behind the two commands the storage uses. */
const bucket = () => {
  const objects = new Map<string, string>();
  const reads: string[] = [];
  const send = async ({ input }: { input: { Key: string; Body?: string } }) => {
    if (input.Body !== undefined) return objects.set(input.Key, input.Body);
    reads.push(input.Key);
    const text = objects.get(input.Key);
    if (text === undefined) throw Object.assign(new Error('missing'), { name: 'NoSuchKey' });
    return { Body: { transformToString: async () => text } };
  };
  return { objects, reads, forms: forms({ send } as never, 'content') };
};

const publishing = (store: ReturnType<typeof bucket>, live: readonly LiveDraft[] = []) => ({
  forms: store.forms,
  drafts: {
    async *of() {
      yield* live;
    },
  },
  now: () => 0,
});

const opened = (at: string, store: ReturnType<typeof bucket>) =>
  api(serveForms(store), {
    access: 'public',
    environment,
    now: () => Date.parse(at),
    log: () => undefined,
  });
const route = 'GET /api/forms/{id}';
const parameters = { id: 'koe-lomake' };

describe('a published form', () => {
  it('is served to everybody, its version for ever, the newest with whether it is open', async () => {
    const store = bucket();
    const first = compile('Ensimmäinen');
    await publishForm({ definition: first }, publishing(store));
    await publishForm({ definition: compile('Toinen') }, publishing(store));
    const handler = opened('2026-06-01T12:00:00Z', store);
    const current = await call(handler, { route, parameters });
    assert.deepEqual(
      [current.status, current.body.availability, current.headers['cache-control']],
      [200, 'open', 'no-store'],
    );
    assert.equal((current.body.title as { fi: string }).fi, 'Toinen');
    const old = await call(handler, { route, parameters, query: { version: first.version } });
    assert.deepEqual(old.body, JSON.parse(JSON.stringify(first)));
    assert.match(old.headers['cache-control'] ?? '', /immutable/);
    await call(handler, { route, parameters, query: { version: first.version } });
    assert.equal(store.reads.filter(key => key.includes(first.version)).length, 1, 'a version is read once');
  });

  it('closes on the clock of the server, which can be asked for without the form', async () => {
    const store = bucket();
    await publishForm({ definition: compile('Koe') }, publishing(store));
    const at = async (iso: string) => {
      const whole = await call(opened(iso, store), { route, parameters });
      const alone = await call(opened(iso, store), { route: `${route}/availability`, parameters });
      const { availability, now } = whole.body;
      assert.deepEqual([alone.status, alone.body], [200, { availability, now }]);
      assert.equal(alone.headers['cache-control'], 'no-store');
      return availability;
    };
    assert.deepEqual(
      [await at('2025-12-31T21:59:59Z'), await at('2026-12-31T21:59:59Z'), await at('2026-12-31T22:00:00Z')],
      ['not-open-yet', 'open', 'closed'],
    );
  });

  it('is not found where there is none, whatever is asked for', async () => {
    const handler = opened('2026-06-01T12:00:00Z', bucket());
    for (const [id, query] of [
      ['koe-lomake', {}],
      ['../x', {}],
      ['koe-lomake', { version: 'zzz' }],
      ['koe-lomake', { version: '0123456789ab' }],
    ] as const)
      assert.equal((await call(handler, { route, parameters: { id }, query })).status, 404);
  });

  it('tells the catalogue of its service', async () => {
    const store = bucket();
    await publishForm({ definition: compile('Koe') }, publishing(store));
    assert.deepEqual(JSON.parse(store.objects.get('services/published/koe.json') ?? ''), {
      id: 'koe',
      form: 'koe-lomake',
      version: compile('Koe').version,
      name: { fi: 'Koe', sv: 'Koe', en: 'Koe' },
      applicants: ['person', 'organisation'],
      stored: true,
    });
  });

  it('is not published before the consent it demands can be given by whoever may send it', async () => {
    const store = bucket();
    const compiled = (id: string, settings: object): CompiledForm => {
      const schema = {
        type: 'object',
        properties: { page: { type: 'object', properties: { a: { type: 'string' } } } },
      };
      const { form } = compileForm({ id, schema, settings: { applicants: ['person'], ...settings } });
      assert.ok(form);
      return form;
    };
    const health = compiled('terveys', { requiresConsent: 'suostumus' });
    const publish = (definition: CompiledForm) => publishForm({ definition }, publishing(store));
    const refused = (why: string) => ({ consentForm: 'suostumus', why });
    assert.deepEqual(await publish(health), refused('missing'));
    await publish(compiled('suostumus', {}));
    assert.deepEqual(await publish(health), refused('no-consent'));
    await publish(compiled('suostumus', { consent: true, applicants: ['organisation'] }));
    assert.deepEqual(await publish(health), refused('wrong-applicants'));
    await publish(compiled('suostumus', { consent: true }));
    assert.equal('version' in (await publish(health)), true);
  });

  it('is refused when it is not what its version says', async () => {
    const store = bucket();
    await assert.rejects(
      publishForm({ definition: { ...compile('Koe'), service: 'muu' } }, publishing(store)),
      /version/,
    );
    assert.equal(store.objects.size, 0);
  });
});

describe('publishing over live drafts', () => {
  const withField = (name: string, migrations?: unknown): CompiledForm => {
    const fields = { [name]: { type: 'string' }, kept: { type: 'string' } };
    const schema = { type: 'object', properties: { page: { type: 'object', properties: fields } } };
    const { form, problems } = compileForm({ id: 'koe-lomake', schema, migrations });
    assert.ok(form, JSON.stringify(problems));
    return form;
  };
  const first = withField('phone');
  const draft = (page: object, { version } = first): LiveDraft => ({
    formVersion: version,
    answers: { page },
  });
  const live = [
    draft({ phone: '040 123 4567' }),
    draft({ phone: '09 310 1' }),
    draft({ kept: 'x', phone: ' ' }),
  ];
  it('is refused where the form would never be stored any more, whatever is given up; with no drafts it is not', async () => {
    const store = bucket();
    await publishForm({ definition: first }, publishing(store));
    const changed = { ...first, settings: { ...first.settings, stored: false } };
    const definition = { ...changed, version: versionOf(changed) };
    for (const dropFields of [false, true]) {
      const answer = await publishForm({ definition, dropFields }, publishing(store, live));
      assert.ok('losses' in answer);
      assert.deepEqual([answer.storedDrafts, answer.losses.drafts], [3, 3]);
    }
    assert.equal((await store.forms.get('koe-lomake')).version, first.version);
    assert.ok('version' in (await publishForm({ definition }, publishing(store))));
    // Begun while it was being published: it does not keep the form from being published again.
    assert.ok('version' in (await publishForm({ definition }, publishing(store, live))));
  });

  const publishOver = async (definition: CompiledForm, dropFields = false) => {
    const store = bucket();
    await publishForm({ definition: first }, publishing(store));
    return { store, answer: await publishForm({ definition, dropFields }, publishing(store, live)) };
  };

  it('is refused, with how many would lose which field, and nothing of what is in them', async () => {
    const { store, answer } = await publishOver(withField('telephone'));
    assert.deepEqual(answer, {
      losses: {
        drafts: 3,
        versions: [{ version: first.version, drafts: 3, fields: [{ pointer: '/page/phone', drafts: 2 }] }],
      },
    });
    assert.equal(JSON.parse(store.objects.get('forms/koe-lomake/current.json') ?? '').version, first.version);
  });

  it('is done once a migration says where the answers go, and the first version stays', async () => {
    const steps = [{ rename: '/page/phone', to: 'telephone' }];
    const next = withField('telephone', [{ from: first.version, steps }]);
    const { store, answer } = await publishOver(next);
    assert.deepEqual(answer, { id: 'koe-lomake', version: next.version, drafts: 3, dropped: [] });
    assert.ok(store.objects.has(`forms/koe-lomake/${first.version}.json`));
    assert.deepEqual(carriedOver(first, next, live[0]?.answers ?? {}), {
      page: { telephone: '040 123 4567' },
    });
  });

  it('gives up what it is told to give up, and writes that down', async () => {
    const { store, answer } = await publishOver(withField('telephone'), true);
    assert.ok('version' in answer);
    assert.equal(answer.dropped[0]?.fields[0]?.drafts, 2);
    const published = JSON.parse(store.objects.get('forms/koe-lomake/current.json') ?? '');
    assert.deepEqual(published.migrations, [{ from: first.version, steps: [{ drop: '/page/phone' }] }]);
    assert.deepEqual(carriedOver(first, published, { page: { phone: '1', kept: 'x' } }), {
      page: { kept: 'x' },
    });
  });
});
