import { join } from 'node:path';
import { Function as CloudFrontFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { buildSync, transformSync } from 'esbuild';
import type { SitePointers } from './site-pointers.ts';

/** Bytes; CloudFront takes no larger function. */
export const siteFunctionLimit = 10_240;

/** What CloudFront's JavaScript 2.0 lacks of the language; esbuild translates it or refuses. */
const unsupported = [
  'array-spread',
  'class',
  'default-argument',
  'destructuring',
  'for-of',
  'generator',
  'logical-assignment',
  'nullish-coalescing',
  'object-extensions',
  'object-rest-spread',
  'optional-catch-binding',
  'optional-chain',
];

/** What is left of the modules when all that the function does not use is gone. */
const bundled = (): string =>
  buildSync({
    entryPoints: [join(import.meta.dirname, 'site-request.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    external: ['cloudfront'],
  }).outputFiles[0]?.text ?? '';

/** The function's source. Throws when it is too large, or says what CloudFront does not understand. */
export const siteFunctionCode = (): string => {
  const { code } = transformSync(bundled(), {
    minifyWhitespace: true,
    charset: 'utf8',
    supported: Object.fromEntries(unsupported.map(feature => [feature, false])),
  });
  // CloudFront calls a plain function by its name and knows no export.
  const source = code.replace(/export\{handler\};?\s*$/, '');
  const bytes = Buffer.byteLength(source);
  if (bytes > siteFunctionLimit)
    throw new Error(`the site's function has ${bytes} bytes of ${siteFunctionLimit}`);
  return source;
};

/** Finds the file behind a page's address. */
export class SiteFunction extends Construct {
  readonly function: CloudFrontFunction;

  constructor(scope: Construct, id: string, { pointers }: { pointers: SitePointers }) {
    super(scope, id);
    this.function = new CloudFrontFunction(this, 'Function', {
      code: FunctionCode.fromInline(siteFunctionCode()),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: pointers.store,
    });
  }
}
