import * as z from 'zod/mini';
import { askForForm } from '../storage/published-forms.ts';

const published = z.object({ availability: z.string() });

/** Whether a form takes anything now. Where nobody says, it may: whoever sends is judged anew. */
export const formIsOpen =
  (portalUrl: string, fetch = globalThis.fetch) =>
  async (form: string): Promise<boolean> => {
    const answer = await askForForm(portalUrl, form, undefined, fetch).catch(() => undefined);
    const { data } = published.safeParse(answer);
    return data === undefined || data.availability === 'open';
  };
