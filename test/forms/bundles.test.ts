/** The engine as it is bundled for browsers and for Lambda says the same of everything. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import vm from 'node:vm';
import { type BuildOptions, build } from 'esbuild';
import fc from 'fast-check';
import { isObject } from '../../lambdas/domain/forms/answers.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { Answers, CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { targets } from '../../web/build/browsers.ts';
import { answersFor, forms } from './random.ts';

const root = join(import.meta.dirname, '..', '..');

interface Engine {
  readonly judge: (form: string, answers: string) => string;
}

const contents = `
import { validateAnswers } from './validate.ts';
import { stripHidden } from './visible.ts';
import { withDefaults } from './defaults.ts';
import { attachmentsOf } from './attached.ts';
export const judge = (form, given) => {
  const definition = JSON.parse(form);
  const answers = JSON.parse(given);
  return JSON.stringify([
    validateAnswers(definition, answers, { now: 0 }),
    stripHidden(definition, answers),
    withDefaults(definition, answers),
    attachmentsOf(definition, answers),
  ]);
};`;

const bundle = async (options: BuildOptions): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'lambdas/domain/forms'), loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'engine',
    logLevel: 'silent',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
};

/** With nothing of Node in reach, and no code from strings, as under the page's content security policy. */
const inBrowser = async (): Promise<Engine> => {
  const code = await bundle({ platform: 'browser', target: [...targets] });
  const page = vm.createContext({ URL }, { codeGeneration: { strings: false, wasm: false } });
  return vm.runInContext(`${code}; engine`, page) as Engine;
};

const inLambda = async (): Promise<Engine> => {
  const code = await bundle({
    platform: 'node',
    target: 'node24',
    footer: { js: 'module.exports = engine' },
  });
  const module = { exports: {} as Engine };
  vm.compileFunction(code, ['module', 'require'])(module, process.getBuiltinModule);
  return module.exports;
};

it('agrees on what is wrong, what is kept, what a new form begins with, which files there are', async () => {
  const [browser, lambda] = await Promise.all([inBrowser(), inLambda()]);
  const cases = forms.chain(parts => {
    const { form, problems } = compileForm({ id: 'random', ...parts });
    assert.ok(form, JSON.stringify(problems));
    return answersFor(form.schema).map((answers): [CompiledForm, Answers] => [
      form,
      (isObject(answers) ? answers : {}) as Answers,
    ]);
  });
  let wrong = 0;
  fc.assert(
    fc.property(cases, ([form, answers]) => {
      const given = [JSON.stringify(form), JSON.stringify(answers)] as const;
      const said = browser.judge(...given);
      assert.equal(said, lambda.judge(...given));
      if (!said.startsWith('[[]')) wrong += 1;
    }),
    { numRuns: 150 },
  );
  assert.ok(wrong > 25, `${wrong} of 150 had errors`);
});
