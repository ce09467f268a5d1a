import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const isBuiltin = (path: string): boolean => builtinModules.includes(path.replace(/^node:/, ''));

/**
 * Takes Node's own modules by `process.getBuiltinModule` instead of `import`. Importing one reads every property it
 * has, and `http` has some that load the whole of fetch: a third of the start of a function that speaks to DynamoDB.
 */
const builtinsAsTheyAre: Plugin = {
  name: 'builtins as they are',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z_]+)*$/ }, ({ path }) =>
      isBuiltin(path)
        ? { path: path.replace(/^node:/, ''), namespace: 'builtin', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
    }));
  },
};

/**
 * A Lambda function's credentials are in its environment. The SDK's default also brings sign-in by browser, by
 * configuration files, by container and by instance: a third of its code, loaded to be never used.
 */
const credentialsFromEnvironment: Plugin = {
  name: 'credentials from the environment',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'default-provider',
      namespace: 'credentials',
      pluginData: resolveDir,
    }));
    onLoad({ filter: /.*/, namespace: 'credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: pluginData,
    }));
  },
};

/** What makes bundles start sooner; measured by `test/bench/init.ts`. */
export const leanStart: readonly Plugin[] = [builtinsAsTheyAre, credentialsFromEnvironment];
