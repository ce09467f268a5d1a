/**
 * What the content security policy would refuse in a page: scripts without a source, style elements and attributes,
 * event handlers, `javascript:` and `data:` addresses. Reads tags only, so that a text may speak of them.
 */
export const inlineCode = (html: string): string[] => {
  const found: string[] = [];
  for (const [tag, name = ''] of html.matchAll(/<([a-z][a-z0-9]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi)) {
    const attributes = [...tag.matchAll(/\s([^\s=>"']+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/g)].map(
      ([, key = '', double, single, bare]) => [key.toLowerCase(), double ?? single ?? bare ?? ''] as const,
    );
    if (name.toLowerCase() === 'style') found.push(tag);
    if (name.toLowerCase() === 'script' && !attributes.some(([key]) => key === 'src')) found.push(tag);
    for (const [key, value] of attributes) {
      if (key === 'style' || key.startsWith('on') || key === 'srcdoc') found.push(tag);
      if (/^(href|src|action|formaction)$/.test(key) && /^\s*(javascript|data|vbscript):/i.test(value))
        found.push(tag);
    }
  }
  return found;
};
