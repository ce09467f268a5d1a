import { configuration } from '../configuration.ts';
import { registeredServices } from '../storage/case-numbers.ts';
import { deliveryList } from '../storage/deliveries.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { metricLine, type Waiting, watchDeliveries } from './watch.ts';

const environment = configuration('CASES_TABLE', 'DELIVERIES_TABLE');
export type Environment = typeof environment;

const client = documentClient();
const dependencies = {
  list: deliveryList({ client, table: environment.DELIVERIES_TABLE }),
  registeredServices: () => registeredServices({ client, table: environment.CASES_TABLE }),
};

/** Invoked by the schedule. */
export const handler = async (): Promise<Waiting> => {
  const now = Date.now();
  const waiting = await watchDeliveries(now, dependencies);
  console.log(metricLine(waiting, now));
  return waiting;
};
