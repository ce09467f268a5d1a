/** As much of a browser as the provider's pages need: cookies by path, redirects one by one, forms by their markup. */
interface Cookie {
  readonly value: string;
  readonly path: string;
}

export interface Answer {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}

export interface Browser {
  /** Follows redirects within the provider; stops at one that leaves it. */
  open(url: string): Promise<Answer>;
  /** Presses the button of this name (and value) on the page that is open, with the form's hidden fields. */
  press(page: Answer, button: RegExp): Promise<Answer>;
  follow(page: Answer, link: RegExp): Promise<Answer>;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const setCookies = (jar: Map<string, Cookie>, headers: Headers): void => {
  for (const line of headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(/; */);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.find(one => /^path=/i.test(one))?.slice(5) ?? '/';
    const expires = Date.parse(attributes.find(one => /^expires=/i.test(one))?.slice(8) ?? '');
    if (expires < Date.now()) jar.delete(`${name} ${path}`);
    else jar.set(`${name} ${path}`, { value, path });
  }
};

export const browser = (origin: string): Browser => {
  const jar = new Map<string, Cookie>();

  const request = async (url: URL, init: RequestInit): Promise<Answer> => {
    const cookie = [...jar]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    setCookies(jar, answer.headers);
    const location = answer.headers.get('location');
    const next = location === null ? undefined : new URL(location, url);
    if (next?.origin === origin) {
      await answer.text();
      return request(next, {});
    }
    return { status: answer.status, url, text: await answer.text(), location, headers: answer.headers };
  };

  const press: Browser['press'] = (page, button) => {
    for (const [form = ''] of page.text.matchAll(/<form[\s\S]*?<\/form>/g)) {
      const pressed = [...form.matchAll(/<button[^>]*>([\s\S]*?)<\/button>/g)].find(([, name = '']) =>
        button.test(name),
      );
      if (!pressed) continue;
      const fields = new URLSearchParams();
      for (const [input] of form.matchAll(/<input[^>]*>/g)) {
        fields.append(attribute(input, 'name') ?? '', attribute(input, 'value') ?? '');
      }
      const name = attribute(pressed[0], 'name');
      if (name) fields.append(name, attribute(pressed[0], 'value') ?? '');
      const url = new URL(attribute(form, 'action') ?? '', page.url);
      if (/method="post"/.test(form)) return request(url, { method: 'POST', body: fields });
      return request(new URL(`?${fields}`, url), {});
    }
    throw new Error(`no button ${button} on the page`);
  };

  return {
    open: url => request(new URL(url), {}),
    press,
    follow: (page, link) => {
      const found = [...page.text.matchAll(/<a[^>]*>([\s\S]*?)<\/a>/g)].find(([, name = '']) =>
        link.test(name),
      );
      if (!found) throw new Error(`no link ${link} on the page`);
      return request(new URL(attribute(found[0], 'href') ?? '', page.url), {});
    },
  };
};
