import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formIsOpen } from '../../lambdas/cases/form-in-use.ts';

test('a form is taken for open unless it says otherwise: whoever sends is judged anew', async () => {
  const asking = (answer: () => Response) =>
    formIsOpen('https://portal.example', (async () => answer()) as typeof fetch)('kierros');
  assert.equal(await asking(() => Response.json({ availability: 'open' })), true);
  assert.equal(await asking(() => Response.json({ availability: 'closed' })), false);
  assert.equal(await asking(() => Response.json({ availability: 'not-open-yet' })), false);
  assert.equal(await asking(() => new Response('', { status: 503 })), true);
});
