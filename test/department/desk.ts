/** A department's system before its API, over DynamoDB Local, and the calls it makes. */
import { departmentAccess } from '../../lambdas/department/access.ts';
import { departmentApi } from '../../lambdas/department/department.ts';
import type { Reading } from '../../lambdas/domain/access-log.ts';
import type { LogLine } from '../../lambdas/http/log.ts';
import { accessLog } from '../../lambdas/storage/access-log.ts';
import { attachments as attachmentsOf } from '../../lambdas/storage/attachments.ts';
import { bulletins } from '../../lambdas/storage/bulletins.ts';
import { registeredServices, whoseNumber } from '../../lambdas/storage/case-numbers.ts';
import { caseload } from '../../lambdas/storage/caseload.ts';
import { courses } from '../../lambdas/storage/courses.ts';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { deliveries } from '../../lambdas/storage/deliveries.ts';
import { type Call, type Called, call, environment } from '../http/call.ts';
import { caseStore, monday, sealer, submission } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, tables } from '../storage/dynamodb-local.ts';
import { fetcher, issuer, jwksUri } from './tokens.ts';

export const base = '/api/department/v1';
const clients = JSON.stringify({
  all: { name: 'Kaikki', services: '*' },
  dogs: { name: 'Ympäristö', services: ['koirailmoitus'] },
  parking: { name: 'Pysäköinti', services: ['pysakointi'] },
});
const access = { issuer, jwksUri, clients };

export const list = (query: Record<string, string> = {}): Call => ({ route: `GET ${base}/cases`, query });
export const show = (caseNumber: string): Call => ({
  route: `GET ${base}/cases/{caseNumber}`,
  parameters: { caseNumber },
});
export const add = (
  caseNumber: string,
  body: unknown,
  headers: Record<string, string> = { 'idempotency-key': 'k' },
): Call => ({
  route: `POST ${base}/cases/{caseNumber}/events`,
  parameters: { caseNumber },
  headers,
  body,
});
export const hello = { type: 'message', text: 'Hei' };

export const departmentDesk = (local: () => DynamodbLocal) => {
  const lines: LogLine[] = [];
  const logTable = () => ({ client: local().client, table: tables.accessLog, sealer });
  const log = { add: (reading: Reading) => accessLog(logTable()).addReading(reading) };

  const api = () => {
    const custody = custodyBook({ client: local().client, table: tables.attachments });
    const table = { client: local().client, table: tables.cases };
    const { cases, events } = caseStore(local().client);
    const handler = departmentApi(
      {
        cases,
        events,
        caseload: caseload(table),
        courses: courses(table),
        deliveries: deliveries({
          client: local().client,
          table: tables.deliveries,
          cases: tables.cases,
          sealer,
        }),
        bulletins: bulletins({ client: local().client, table: tables.catalogue }),
        attachments: attachmentsOf({ client: local().client, table: tables.attachments, sealer }),
        custody,
        uploads: { release: async (_, { id }) => `https://uploads.example/${id}` },
        log: { addReading: reading => log.add(reading) },
        whose: caseNumber => whoseNumber(table, caseNumber),
        registeredServices: () => registeredServices(table),
        prefix: 'HEL',
      },
      {
        environment,
        admit: departmentAccess(access, fetcher),
        now: () => monday + 60_000,
        log: line => lines.push(line),
      },
    );
    return (bearer: string | undefined, request: Call): Promise<Called> =>
      call(handler, {
        ...request,
        headers: {
          'sec-fetch-site': undefined,
          'x-purpose': 'Hakemuksen käsittely',
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...request.headers,
        },
      });
  };

  const sent = async (owner: string, more: object = {}): Promise<string> =>
    (await caseStore(local().client).submissions.submit(submission(owner, `draft-${owner}`, more)))
      .caseNumber;

  return { api, sent, lines, log, logTable };
};
