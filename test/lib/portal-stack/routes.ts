/** Every route the API has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { synthesise } from '../app.ts';

const stack = await synthesise('prod');

test('routes are those of the contract and $default', () => {
  const routes = stack
    .ofType('AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => Properties.RouteKey)
    .sort();
  assert.deepEqual(routes, [...contractRoutes, '$default'].sort());
});

const department = '/api/department/v1';
const contractRoutes = [
  'GET /api/auth/sign-in',
  'GET /api/auth/callback',
  'POST /api/auth/sign-out',
  'POST /api/auth/backchannel-logout',
  'GET /api/auth/frontchannel-logout',
  'GET /api/auth/jwks.json',
  'GET /api/auth/mandate',
  'GET /api/auth/mandate/callback',
  'GET /api/mandate',
  'PUT /api/mandate',
  'POST /api/mandate/check',
  'GET /api/session',
  'POST /api/session',
  'GET /api/profile',
  'PUT /api/profile',
  'POST /api/profile/codes',
  'POST /api/profile/confirmations',
  'GET /api/services',
  'GET /api/services/{id}',
  'GET /api/forms/{id}',
  'GET /api/forms/{id}/availability',
  'GET /api/forms/{id}/places',
  'GET /api/bulletins',
  'GET /api/popular-services',
  'POST /api/services/{id}/openings',
  'GET /api/drafts',
  'GET /api/drafts/key',
  'GET /api/drafts/{id}',
  'PUT /api/drafts/{id}',
  'DELETE /api/drafts/{id}',
  'GET /api/drafts/{id}/attachments',
  'POST /api/drafts/{id}/attachments',
  'DELETE /api/drafts/{id}/attachments/{attachment}',
  'POST /api/cases',
  'GET /api/cases',
  'GET /api/cases/{caseNumber}',
  'PUT /api/cases/{caseNumber}/seen',
  'POST /api/cases/{caseNumber}/messages',
  'PUT /api/cases/{caseNumber}/messages/draft',
  'GET /api/cases/{caseNumber}/events/{event}/calendar',
  'GET /api/cases/{caseNumber}/receipt',
  'GET /api/readings',
  'GET /api/cases/{caseNumber}/readings',
  'GET /api/sign-ins',
  'POST /api/cases/{caseNumber}/cancellation',
  'GET /api/consents/{form}',
  'GET /.well-known/jwks.json',
  'GET /api/cases/{caseNumber}/attachments',
  'POST /api/cases/{caseNumber}/attachments',
  'PUT /api/cases/{caseNumber}/attachments/{attachment}',
  'DELETE /api/cases/{caseNumber}/attachments/{attachment}',
  `GET ${department}/cases`,
  `GET ${department}/cases/{caseNumber}`,
  `GET ${department}/cases/{caseNumber}/attachments/{id}`,
  `POST ${department}/cases/{caseNumber}/events`,
  `GET ${department}/deliveries`,
  `GET ${department}/deliveries/{id}`,
  `POST ${department}/deliveries/{id}/acknowledgement`,
  `GET ${department}/bulletins`,
  `PUT ${department}/bulletins/{id}`,
  `DELETE ${department}/bulletins/{id}`,
  `GET ${department}/openapi.json`,
  'GET /api/profile/export',
  'DELETE /api/profile',
  'GET /api/cases/{caseNumber}/bundle',
  'GET /gdpr-api/v1/profiles/{id}',
  'DELETE /gdpr-api/v1/profiles/{id}',
];
