import type { OwnerId } from '../domain/case.ts';

/** There while somebody is registered. */
export const profileKey = (owner: OwnerId) => ({ pk: `OWNER#${owner}`, sk: 'PROFILE' });

/** For a transaction that lets somebody in: a deletion takes the profile first. */
export const isRegistered = (TableName: string, owner: OwnerId) => ({
  ConditionCheck: { TableName, Key: profileKey(owner), ConditionExpression: 'attribute_exists(pk)' },
});
