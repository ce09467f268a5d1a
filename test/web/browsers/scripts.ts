/**
 * What scripts and markup use of the language's library and of the browser that our oldest browsers lack. The language
 * itself esbuild translates. TypeScript says whose member a name is: `map` of an array is old, of an iterator new.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Identifier, type JsxOpeningLikeElement, type Node, SyntaxKind } from 'typescript/unstable/ast';
import { API, type Checker, type Symbol as TypedSymbol } from 'typescript/unstable/sync';
import { isKnown, keysOf, missingIn } from './features.ts';

interface Use {
  readonly file: string;
  /** As it stands in the code. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** What TypeScript calls otherwise than MDN. */
const nameOf = (type: string): string =>
  /Iterator(Object)?$/.test(type) ? 'Iterator' : type.replace(/^Readonly|Constructor$/g, '');

/** A member of the browser's interfaces. What mixins bring (`ParentNode`) MDN keeps with each that has it. */
const ofInterface = (type: string, name: string): string[] => {
  const own = [`api.${type}.${name}`, `api.${type}.${name}_static`].filter(isKnown);
  if (own.length > 0) return own;
  const others = keysOf('api.', name);
  return others.some(key => missingIn(key).length === 0) ? [] : [...others];
};

const library = /\blib\.(\w+)[\w.]*\.d\.ts$/;

/** `dom`, `es5`, `es2015` …: the part of TypeScript's own declarations a symbol is from; none for our own. */
const libraryOf = ({ declarations }: TypedSymbol): string | undefined =>
  declarations.map(({ path }) => library.exec(path)?.[1]).find(part => part !== undefined);

/** `URL.canParse`: declared in the type of a variable without a name; whose it is says the expression before it. */
const parentOf = (node: Node, symbol: TypedSymbol): string | undefined => {
  const parent = symbol.getParent()?.name;
  if (parent !== '__type') return parent;
  const { expression } = (node.parent ?? {}) as { expression?: Node };
  return expression?.kind === SyntaxKind.Identifier ? (expression as Identifier).text : undefined;
};

const ofIdentifier = (node: Identifier, symbol: TypedSymbol | undefined): string[] => {
  const part = symbol && libraryOf(symbol);
  if (!symbol || part === undefined) return [];
  const isBrowsers = part === 'dom';
  const parent = parentOf(node, symbol);
  if (parent === undefined)
    return isBrowsers
      ? [`api.${symbol.name}`, `api.Window.${symbol.name}`]
      : [`javascript.builtins.${symbol.name}`];
  const type = nameOf(parent);
  return isBrowsers ? ofInterface(type, symbol.name) : [`javascript.builtins.${type}.${symbol.name}`];
};

const ofMarkup = ({ tagName, attributes }: JsxOpeningLikeElement): string[] => {
  const tag = (tagName as Identifier).text ?? '';
  if (!/^[a-z]/.test(tag)) return [];
  const names = attributes.properties.flatMap(attribute =>
    attribute.kind === SyntaxKind.JsxAttribute ? [(attribute.name as Identifier).text ?? ''] : [],
  );
  return [
    `html.elements.${tag}`,
    ...names.flatMap(name => [`html.elements.${tag}.${name}`, `html.global_attributes.${name}`]),
  ];
};

const isMarkup = (node: Node): node is JsxOpeningLikeElement =>
  node.kind === SyntaxKind.JsxOpeningElement || node.kind === SyntaxKind.JsxSelfClosingElement;

const usesIn = (file: string, source: Node, checker: Checker): Use[] => {
  const [names, tags]: [Identifier[], JsxOpeningLikeElement[]] = [[], []];
  const visit = (node: Node): void => {
    if (node.kind === SyntaxKind.Identifier) names.push(node as Identifier);
    if (isMarkup(node)) tags.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  const symbols = checker.getSymbolAtLocation(names);
  return [
    ...names.map((node, index) => ({ file, name: node.text, keys: ofIdentifier(node, symbols[index]) })),
    ...tags.map(node => ({ file, name: 'markup', keys: ofMarkup(node) })),
  ];
};

/** A project of these files only, so that TypeScript reads no more than it must. */
const projectOf = (root: string, files: readonly string[], folder: string): string => {
  const path = join(folder, 'tsconfig.json');
  const compilerOptions = {
    types: [],
    typeRoots: [join(root, 'node_modules/@types')],
    lib: ['ESNext', 'DOM', 'DOM.Iterable'],
  };
  writeFileSync(
    path,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }),
  );
  return path;
};

/** Names of the features (MDN's) that files use, each with the first file that does. */
export const featuresOfScripts = (root: string, files: readonly string[]): ReadonlyMap<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'browsers-'));
  const api = new API({ cwd: root });
  try {
    const paths = files.map(file => join(root, file));
    const snapshot = api.updateSnapshot({ openProjects: [projectOf(root, paths, folder)] });
    const found = new Map<string, string>();
    for (const { program, checker } of snapshot.getProjects())
      for (const path of paths) {
        const source = program.getSourceFile(path);
        for (const { file, keys } of source ? usesIn(path, source, checker) : [])
          for (const key of keys) if (!found.has(key)) found.set(key, file);
      }
    return found;
  } finally {
    api.close();
    rmSync(folder, { recursive: true });
  }
};
