/** Sending as it breaks at every call it makes, over a DynamoDB Local of its own. */
import { type Faults, measureFaults as measure } from '../faults/measure.ts';
import { startDynamodbLocal } from '../storage/dynamodb-local.ts';

export const measureFaults = async (): Promise<Omit<Faults, 'findings'>> => {
  const local = await startDynamodbLocal();
  try {
    const { findings, ...counts } = await measure(local.client);
    for (const finding of findings) console.error(finding);
    return counts;
  } finally {
    await local.stop();
  }
};

/** Nothing may be lost or doubled, and no planted mistake may stay unseen. */
export const overBudget = (measured: Omit<Faults, 'findings'> | undefined): string[] => {
  if (!measured) return [];
  const { lost, duplicated, planted, plantedFound } = measured;
  return [
    ...(lost + duplicated > 0 ? [`faults: ${lost} lost, ${duplicated} doubled`] : []),
    ...(plantedFound < planted
      ? [`faults: ${planted - plantedFound} of ${planted} planted mistakes unseen`]
      : []),
  ];
};
