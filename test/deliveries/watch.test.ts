import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricLine, watchDeliveries } from '../../lambdas/deliveries/watch.ts';
import type { DeliverySummary } from '../../lambdas/storage/delivery-rows.ts';

const now = Date.parse('2026-11-23T10:00:00+02:00');
const hour = 3_600_000;
const delivery = (submittedAt: number): DeliverySummary => ({
  id: 'HEL-2026-000001',
  service: 's',
  form: 'f',
  formVersion: 'v',
  submittedAt,
});

test('the oldest delivery that waits is what counts, whichever its service', async () => {
  const waiting: Record<string, number[]> = { teeth: [now - 5 * hour], eyes: [now - 73 * hour], ears: [] };
  const found = await watchDeliveries(now, {
    registeredServices: async () => Object.keys(waiting),
    list: async service => (waiting[service] ?? []).map(delivery),
  });
  assert.deepEqual(found, { oldestHours: 73, services: 2 });
  const line = JSON.parse(metricLine(found, now));
  assert.equal(line.OldestDeliveryHours, 73);
  assert.deepEqual(line._aws.CloudWatchMetrics[0].Metrics, [{ Name: 'OldestDeliveryHours' }]);
});

test('where nothing waits the age is nothing', async () => {
  const found = await watchDeliveries(now, { registeredServices: async () => [], list: async () => [] });
  assert.deepEqual(found, { oldestHours: 0, services: 0 });
});
